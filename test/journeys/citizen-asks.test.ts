import { writeFileSync } from "node:fs"
import path from "node:path"
import { expect, it } from "vitest"
import { readEvidence, verifyChain } from "../../prisma/evidence.ts"
import { importFiles } from "../../knowledge/import/import-files.ts"
import { fakeBotApi } from "../support/fake-bot-api.ts"
import { until } from "../support/until.ts"
import { aCitizen, aDataDir, runningCommune, setUp } from "./running-commune.ts"

it("a citizen asks without marks and reads papers, fee, time, place and source", async () => {
  const asks = aCitizen(await runningCommune(aDataDir()))
  const { answer } = await asks("lam giay khai sinh can gi")
  expect(answer).toMatchObject({ status: "answered", procedure: { code: "1.001193" } })
  expect(Object.keys(answer.fields)).toEqual(expect.arrayContaining(["dossier", "fee", "time", "place"]))
  expect(answer.text).toContain("Giấy chứng sinh")
  expect(answer.text).toContain("dữ liệu minh họa")
  expect(answer.citations.map((c) => c.sourceId)).toContain("1.001193")
  expect(answer.ms).toBeGreaterThan(0)
})

it("a follow-up stays with the procedure, and a choice can be typed as a number", async () => {
  const asks = aCitizen(await runningCommune(aDataDir()))
  await asks("đăng ký kết hôn cần giấy tờ gì")
  const fee = await asks("thế lệ phí bao nhiêu?")
  expect(fee.answer).toMatchObject({ procedure: { code: "1.000894" } })
  expect(Object.keys(fee.answer.fields)[0]).toBe("fee")
  const first = fee.answer.choices[0]
  const chosen = await asks("1")
  expect(chosen.answer.procedure?.code).toBe("1.000894")
  expect(Object.keys(chosen.answer.fields)).toContain(first?.id.replace("f:", ""))
})

it("a vague word is asked back about, and the chosen procedure is answered with what was asked at first", async () => {
  const asks = aCitizen(await runningCommune(aDataDir()))
  const vague = await asks("xin trợ cấp cần giấy tờ gì")
  expect(vague.answer.status).toBe("clarification")
  const choice = vague.answer.choices[0]
  const chosen = await asks(choice?.label ?? "")
  expect(chosen.answer).toMatchObject({ status: "answered", procedure: { code: choice?.id.replace("p:", "") } })
  expect(chosen.answer.fields).toHaveProperty("dossier")
})

it("what the commune has not published is not guessed: hotline and hours instead", async () => {
  const asks = aCitizen(await runningCommune(aDataDir()))
  const { answer } = await asks("thủ tục xuất khẩu tàu vũ trụ sang sao Hỏa")
  expect(["no_source", "low_confidence"]).toContain(answer.status)
  expect(answer.text).toMatch(/Xin lỗi/)
  expect(answer.text).toContain("0225 000 0001")
  expect(answer.fields).toEqual({})
})

it("every answer is in the chain of evidence, masked and pseudonymous", async () => {
  const service = await runningCommune(aDataDir())
  const asks = aCitizen(service)
  const { conversationId } = await asks("số căn cước của tôi là 031085001234, làm giấy khai sinh cần gì")
  await asks("tách hộ mất bao lâu")
  const entries = await service.installation.db.evidenceEntry.findMany()
  const written = JSON.stringify(entries)
  expect(entries).toHaveLength(2)
  expect(written).toContain("[số định danh]")
  expect(written).not.toContain("031085001234")
  expect(written).not.toContain(conversationId)
  expect(await verifyChain(readEvidence(service.installation.db))).toMatchObject({ ok: true, count: 2 })
})

it("a citizen on Telegram is told that this is an AI, then answered, and presses a button", async () => {
  const token = "123456:TEST"
  const telegram = await fakeBotApi(token)
  await runningCommune(aDataDir(), { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root })
  telegram.says(77, { text: "dang ky tam tru het bao nhieu tien" })
  await until(() => expect(telegram.sent.length).toBeGreaterThanOrEqual(2))
  expect(telegram.sent[0]?.text).toContain("trí tuệ nhân tạo")
  const answer = telegram.sent[1]
  expect(answer?.text).toContain("15.000 đồng")
  const button = answer?.reply_markup?.inline_keyboard[0]?.[0]
  telegram.presses(77, { data: button?.callback_data ?? "", label: button?.text ?? "" })
  await until(() => expect(telegram.sent.length).toBeGreaterThanOrEqual(3))
  expect(telegram.sent[2]?.text).toContain("Đăng ký tạm trú")
})

it("staff name the commune through the one-time link, import their own procedure, and it answers without a restart", async () => {
  const dataDir = aDataDir()
  const service = await runningCommune(dataDir)
  expect((await setUp(service, "An Hưng")).status).toBe(200)
  expect((await setUp(service, "Kẻ Khác")).status).toBe(410)
  expect(await (await fetch(`${service.url}api/info`)).json()).toMatchObject({
    commune: "Ủy ban nhân dân xã An Hưng",
    hotline: "0225 3 000 111",
  })

  const file = path.join(dataDir, "rieng.yaml")
  writeFileSync(
    file,
    "- code: '9.000001'\n  name: Cấp thẻ giữ xe cho người cao tuổi\n  source: { title: Thông báo của xã }\n  methods:\n    - { channel: in_person, fees: [{ kind: phí, text: 7.500 đồng/thẻ, status: amount, amount: 7500 }] }\n",
  )
  const { db, shelf } = service.installation
  await importFiles(db, [file], { keepGoing: false, aliases: () => [], now: new Date(), newId: () => crypto.randomUUID() })
  await shelf.refresh()
  const { answer } = await aCitizen(service)("thẻ giữ xe cho người cao tuổi bao nhiêu tiền")
  expect(answer).toMatchObject({ status: "answered", procedure: { code: "9.000001" } })
  expect(answer.fields["fee"]).toBe("7.500 đồng/thẻ")
  expect(answer.text).not.toContain("minh họa")
})

it("the second start finds everything as it was and asks for no set-up when it is done", async () => {
  const dataDir = aDataDir()
  const first = await runningCommune(dataDir)
  await aCitizen(first)("tách hộ cần gì")
  await first.stop()
  const second = await runningCommune(dataDir)
  expect(second.installation.index.indexed).toBe(0)
  expect(await second.installation.db.answer.count()).toBe(1)
  expect(second.setupUrl).not.toBe(first.setupUrl)
  expect((await setUp(second, "An Hưng")).status).toBe(200)
  await second.stop()
  expect((await runningCommune(dataDir)).setupUrl).toBeNull()
})
