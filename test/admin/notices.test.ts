import { describe, expect, it } from "vitest"
import { saveItems } from "../../knowledge/store.ts"
import { newId } from "../support/house.ts"
import { COPY, items, NOTICES, smallBase } from "../rag/small-commune.ts"
import { aStaffSite, signedIn } from "./staff-site.ts"

async function anOffice() {
  const site = await aStaffSite()
  await saveItems(site.db, items(), { now: site.clock.now(), newId, demo: false, importedFrom: "tệp" })
  return { site, editor: await signedIn(site, "soan", ["editor"]) }
}

const base = smallBase()

const SAME_DAY = {
  ...{ kind: "same_day", id: "trong-ngay", title: "Ngày trả kết quả trong ngày", weekday: 2, cutOff: "14:30", procedures: [COPY] },
  ...{ text: "Thứ Ba hằng tuần xã trả kết quả trong ngày.", source: "Thông báo số 9 của xã", holidayRule: "Xã thông báo từng lần" },
}

interface Row {
  readonly key: string
  readonly told: boolean
  readonly draft: object | null
}

describe("public notices", () => {
  it("are listed with their drafts, and a preview answers from what is not yet told, keeping nothing", async () => {
    const { site, editor } = await anOffice()
    expect((await editor.call("POST", "/drafts", { body: { kind: "notice", body: SAME_DAY, seen: null } })).status).toBe(200)
    const list = async (query = "") => {
      const { rows, total } = (await editor.call("GET", `/notices?${query}`)).body as { rows: Row[]; total: number }
      return { total, rows, keys: rows.map(({ key }) => key) }
    }
    const all = await list("size=100")
    expect(all.total).toBe(NOTICES.length + 1)
    expect(new Set(all.keys)).toEqual(new Set([...base.notices.map(({ id }) => id), "trong-ngay"]))
    expect(all.rows.filter(({ told, draft }) => !told || draft !== null).map(({ key }) => key)).toEqual(["trong-ngay"])
    // Paged, filtered, searched without marks and sorted by the server.
    expect((await list("size=5&page=2")).keys).toEqual(all.keys.slice(5, 10))
    expect((await list("show=draft")).keys).toEqual(["trong-ngay"])
    expect((await list("kind=same_day")).keys).toEqual(["trong-ngay"])
    expect((await list("q=tra+ket+qua+trong+ngay")).keys).toContain("trong-ngay")
    expect((await list("key=trong-ngay")).total).toBe(1)
    expect((await list("size=100&sort=-kind")).keys).toEqual(all.keys.toReversed())
    const questions = ["tuần sau ngày trả kết quả trong ngày là hôm nào", "đăng ký kết hôn cần gì"]
    const { status, body } = await editor.call("POST", "/notices/preview", { body: { body: SAME_DAY, questions } })
    expect(status).toBe(200)
    expect(body["answers"]).toEqual([
      expect.objectContaining({ status: "answered", fromNotice: true, text: expect.stringContaining("trước 14:30") as string }),
      expect.objectContaining({ status: "answered", fromNotice: false }),
    ])
    expect(await site.db.knowledgeRecord.count({ where: { kind: "notice" } })).toBe(NOTICES.length)
  })

  it("that are faulty are not previewed, and each fault is told by its field", async () => {
    const { editor } = await anOffice()
    const body = { ...SAME_DAY, cutOff: "25:00", procedures: [] }
    const answer = await editor.call("POST", "/notices/preview", { body: { body, questions: ["lịch"] } })
    expect(answer.status).toBe(400)
    expect(Object.keys(answer.body.error?.fields ?? {}).sort()).toEqual(["body.cutOff", "body.procedures"])
  })

  it("pick procedures by words without marks, and take over the law's days of a year", async () => {
    const { editor } = await anOffice()
    const found = async (query: string) =>
      ((await editor.call("GET", `/procedures/found?${query}`)).body["rows"] as { code: string }[]).map(({ code }) => code)
    expect(await found("q=chung+thuc+ban+sao")).toEqual([COPY])
    expect(await found(`q=khong-co&codes=${COPY}`)).toEqual([COPY])
    const { body } = await editor.call("GET", "/notices/law-days/2026")
    expect(body["days"]).toContainEqual({ date: "2026-04-27", name: "Nghỉ bù Giỗ Tổ Hùng Vương", certain: true })
    expect((await editor.call("GET", "/notices/law-days/1800")).status).toBe(400)
  })
})
