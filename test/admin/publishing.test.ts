import { describe, expect, it } from "vitest"
import type { WaitingDraft } from "../../admin/contract/publishing.ts"
import { type KnowledgeItem, procedureItem } from "../../knowledge/item.ts"
import type { Procedure } from "../../knowledge/procedure.ts"
import { loadBase, releaseNumber } from "../../knowledge/store.ts"
import { BIRTH_AGAIN, BUSINESS, PROCEDURES } from "../rag/small-commune.ts"
import { anOffice, checked, fileChecked, newestCheck, type Office, publish, settledCheck, submitted, tell } from "./publishing-office.ts"
import { portalLine } from "../knowledge/samples.ts"
import { type Browser, kindsOf, signedIn } from "./staff-site.ts"

const QUESTION = "phí đăng ký lại khai sinh bao nhiêu"

function of(code: string): Procedure {
  const found = PROCEDURES.find((p) => p.code === code)
  if (!found) throw new Error(code)
  return found
}

/** The procedure with another fee. */
function dearer(code: string, amount: number): KnowledgeItem {
  const { methods, ...rest } = of(code)
  const text = `${amount.toLocaleString("vi-VN")} đồng/lần`
  const fees = [{ kind: "lệ phí", text, status: "amount", amount, per: null, exemptions: null }] as const
  return procedureItem({ ...rest, methods: methods.map((method) => ({ ...method, fees: [...fees] })) })
}

const renamed = (code: string, name: string) => procedureItem({ ...of(code), name })

const golden = (browser: Browser, words: readonly string[] = ["8.000 đồng"], question = QUESTION) =>
  browser.call("POST", "/golden", { body: { question, kind: "procedure", key: BIRTH_AGAIN, words } })

const waiting = async (browser: Browser) => (await browser.call("GET", "/publications/waiting")).body["drafts"] as WaitingDraft[]

describe("publishing a changed fee", { timeout: 60_000 }, () => {
  it("is held up by a golden question that it loses, until an approver gives the reason; going back tells the old fee", async () => {
    const { site, shelf, answer } = await anOffice()
    const editor = await signedIn(site, "soan", ["editor"])
    const approver = await signedIn(site, "duyet", ["approver"])
    const before = shelf.live().base
    expect((await golden(editor)).status).toBe(200)
    const draft = await submitted(editor, dearer(BIRTH_AGAIN, 9000))
    const [row] = await waiting(editor)
    expect(row).toMatchObject({
      figures: true,
      outdated: false,
      differences: [
        {
          field: "Phí, lệ phí (nộp trực tiếp)",
          before: ["lệ phí: 8.000 đồng/lần (số tiền 8.000 đồng)"],
          after: ["lệ phí: 9.000 đồng/lần (số tiền 9.000 đồng)"],
        },
      ],
    })
    expect((await editor.call("POST", "/publications/checks", { body: { drafts: [draft] } })).status).toBe(403)

    const check = await checked(approver, [draft])
    expect(check).toMatchObject({ state: "done", closed: null, outcomes: [{ verdict: "lost", question: QUESTION }] })
    const [outcome] = check.outcomes
    expect([outcome?.live.right, outcome?.candidate?.right, outcome?.candidate?.missing]).toEqual([true, false, ["8.000 đồng"]])
    expect(outcome?.live.text).toContain("8.000 đồng/lần")
    expect(outcome?.candidate?.text).toContain("9.000 đồng/lần")
    expect((await publish(editor, check, "Nghị quyết mới của HĐND")).status).toBe(403)
    const blocked = await publish(approver, check)
    expect([blocked.status, Object.keys(blocked.body.error?.fields ?? {})]).toEqual([400, ["reason"]])
    expect(await answer(QUESTION)).toContain("8.000 đồng/lần")

    expect((await publish(approver, check, "Nghị quyết mới của HĐND")).body).toEqual({ release: 2 })
    expect(shelf.live().base.version).toBe(2)
    expect(await answer(QUESTION)).toContain("9.000 đồng/lần")
    expect(await waiting(editor)).toEqual([])
    expect((await publish(approver, check, "Nghị quyết mới của HĐND")).status).toBe(409)

    const { rows } = (await editor.call("GET", "/releases")).body as { rows: Record<string, unknown>[] }
    expect(rows[0]).toMatchObject({
      ...{ number: 2, origin: "drafts", reason: "Nghị quyết mới của HĐND", current: 2, kept: true },
      changes: { added: { count: 0 }, changed: { count: 1, first: ["Đăng ký lại khai sinh"] }, withdrawn: { count: 0 } },
    })
    const back = { body: { live: 2, reason: "Công bố nhầm" } }
    expect((await editor.call("POST", "/releases/1/return", back)).status).toBe(403)
    expect((await approver.call("POST", "/releases/1/return", { body: { ...back.body, live: 1 } })).status).toBe(409)
    expect((await approver.call("POST", "/releases/1/return", back)).body).toEqual({ release: 3 })
    expect(shelf.live().base).toMatchObject({ version: 3, digest: before.digest, procedures: before.procedures })
    expect(await answer(QUESTION)).toContain("8.000 đồng/lần")
    const logged = (await kindsOf(site)).filter((kind) => /^(golden|publication|release)\./.test(kind))
    expect(logged).toEqual(["golden.added", "publication.checked", "publication.published", "release.returned"])
    expect(site.reported).toEqual([])
  })

  it("needs a second person where two may publish, and says who; what touches no figure needs none", async () => {
    const { site } = await anOffice()
    const first = await signedIn(site, "quan.tri", ["admin"])
    const fee = await submitted(first, dearer(BIRTH_AGAIN, 9000))
    // Alone: nobody else could.
    expect((await checked(first, [fee])).closed).toBeNull()
    const second = await signedIn(site, "duyet", ["approver"])
    const check = await checked(first, [fee])
    expect(check.closed).toContain("phải do người khác")
    expect((await waiting(first))[0]?.barred).toContain("Nguyễn Văn An")
    const refused = await publish(first, check)
    expect([refused.status, refused.body.error?.code]).toEqual([403, "second_person"])
    const word = await submitted(first, renamed(BUSINESS, "Đăng ký hộ kinh doanh"))
    expect((await publish(first, await checked(first, [word]))).body).toEqual({ release: 2 })
    expect((await publish(second, await checked(second, [fee]))).body).toEqual({ release: 3 })
  })
})

describe("a publication is all or nothing", { timeout: 60_000 }, () => {
  it("and is refused when a draft, or what is live, changed since it was checked", async () => {
    const { site } = await anOffice()
    const editor = await signedIn(site, "soan", ["editor"])
    const approver = await signedIn(site, "duyet", ["approver"])
    const one = await submitted(editor, renamed(BIRTH_AGAIN, "Đăng ký lại khai sinh tại xã"))
    const two = await submitted(editor, renamed(BUSINESS, "Đăng ký hộ kinh doanh"))
    const overtaken = await checked(approver, [one, two])
    await approver.call("POST", `/drafts/${two.id}/return`, { body: { version: two.version, note: "Sai tên" } })
    expect((await newestCheck(approver))?.closed).toContain("bản soạn vừa được sửa")
    expect((await publish(approver, overtaken)).status).toBe(409)
    expect([await releaseNumber(site.db), await site.db.knowledgeDraft.count()]).toEqual([1, 2])

    const alone = await checked(approver, [one])
    await tell(site, [dearer(BUSINESS, 150_000)])
    const refused = await publish(approver, alone)
    expect([refused.status, refused.body.error?.message]).toEqual([409, expect.stringContaining("kiến thức đang dùng đã đổi")])
    expect((await loadBase(site.db)).procedures.some(({ name }) => name.endsWith("tại xã"))).toBe(false)
    expect((await publish(approver, await checked(approver, [one]))).body).toEqual({ release: 3 })
    expect((await publish(approver, await checked(approver, []))).status).toBe(409)
  })

  it("a second check meanwhile is refused kindly; one that the program's end broke off is done once more by the next", async () => {
    const { site, newChecks } = await anOffice()
    const approver = await signedIn(site, "quan.tri", ["admin"])
    for (let n = 0; n < 30; n++) await golden(approver, [], `${QUESTION} ${n}`)
    const order = { body: { drafts: [] } }
    const answers = await Promise.all([1, 2].map(() => approver.call("POST", "/publications/checks", order)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body.error?.message).toContain("Xin chờ lượt đó xong")
    await expect.poll(async () => (await newestCheck(approver))?.state, { timeout: 20_000 }).toBe("done")
    const checks = newChecks()
    await approver.call("POST", "/publications/checks", order)
    await checks.stop()
    expect(await site.db.publicationCheck.findFirstOrThrow()).toMatchObject({ state: "running" })
    expect(await newestCheck(approver)).toMatchObject({ state: "failed", progress: null })
    await newChecks().resume()
    expect(await newestCheck(approver)).toMatchObject({ state: "running", progress: { total: 30 } })
    expect(await settledCheck(approver)).toMatchObject({ state: "done" })
    expect((await settledCheck(approver)).outcomes).toHaveLength(30)
  })

  it("what was broken off and can be done once more is published; what was changed since is told as failed", async () => {
    const { site, newChecks } = await anOffice()
    const approver = await signedIn(site, "quan.tri", ["admin"])
    const draft = await submitted(approver, renamed(BUSINESS, "Đăng ký hộ kinh doanh"))
    await checked(approver, [draft])
    const brokenOff = () => site.db.publicationCheck.updateMany({ data: { state: "running", outcomes: [] } })
    await brokenOff()
    // Somebody imported while the program was down: the check is of what is told now.
    await tell(site, [dearer(BIRTH_AGAIN, 9000)])
    await newChecks().resume()
    const check = await settledCheck(approver)
    expect(check).toMatchObject({ state: "done", release: 2, closed: null })
    await brokenOff()
    await approver.call("POST", `/drafts/${draft.id}/return`, { body: { version: draft.version, note: "Sai tên" } })
    await newChecks().resume()
    expect(await settledCheck(approver)).toMatchObject({ state: "failed" })
    expect((await publish(approver, check)).status).toBe(409)
    expect(site.reported).toEqual([])
  })
})

describe("publishing a file", { timeout: 120_000 }, () => {
  const record = { code: BUSINESS, name: "Thành lập hộ kinh doanh" }
  const feeOf = (description: string) => ({ ...record, methods: [{ method: "Trực tiếp", fees: [{ description }] }] })

  async function given({ site }: Office, browser: Browser, content: string) {
    const response = await fetch(`${site.url}/api/quan-tri/documents?name=cong.jsonl`, {
      method: "POST",
      headers: { "x-quan-tri": "1", cookie: browser.cookie ?? "", "content-type": "application/octet-stream" },
      body: content,
    })
    const { id } = (await response.json()) as { id: string }
    await expect.poll(async () => (await site.db.sourceFile.findUniqueOrThrow({ where: { id } })).state, { timeout: 60_000 }).toBe("read")
    const { version } = (await browser.call("GET", `/documents/${id}`)).body as { version: string }
    return { id, version }
  }

  it("asks the golden questions of what it would make, without the demo's, and holds it up like drafts", async () => {
    const office = await anOffice()
    const { site, shelf, answer } = office
    const editor = await signedIn(site, "soan", ["editor"])
    const approver = await signedIn(site, "duyet", ["approver"])
    const question = "phí thành lập hộ kinh doanh bao nhiêu"
    await editor.call("POST", "/golden", { body: { question, kind: "procedure", key: BUSINESS, words: ["100.000 đồng"] } })
    await tell(site, [dearer(BUSINESS, 100_000)])
    await shelf.refresh()
    expect(await answer(question)).toContain("100.000")
    const file = await given(office, editor, portalLine(feeOf("Lệ phí: 150.000 đồng")))
    const check = await fileChecked(approver, file)
    expect(check).toMatchObject({ state: "done", file, closed: null, drafts: [] })
    expect(await newestCheck(approver)).toBeNull()
    await expect(fileChecked(approver, { ...file, version: "cũ" })).rejects.toThrow("conflict")
    const blocked = await publish(approver, check)
    expect([check.outcomes.map(({ verdict }) => verdict), blocked.status]).toEqual([["lost"], 400])
    expect((await publish(editor, check, "Nghị quyết mới của HĐND")).status).toBe(403)
    expect((await publish(approver, check, "Nghị quyết mới của HĐND")).body).toEqual({ release: 3 })
    expect(await site.db.knowledgeRelease.findUniqueOrThrow({ where: { number: 3 } })).toMatchObject({
      ...{ origin: "import", byName: "Nguyễn Văn An", reason: "Nghị quyết mới của HĐND" },
    })
    expect((await site.db.sourceFile.findUniqueOrThrow({ where: { id: file.id } })).publishedAt).not.toBeNull()
    expect((await newestCheck(approver, file.id))?.state).toBe("published")
    expect((await kindsOf(site)).slice(-2)).toEqual(["publication.checked", "document.published"])
  })

  it("needs a second person for its fees, as drafts do", async () => {
    const office = await anOffice()
    const { site } = office
    const first = await signedIn(site, "quan.tri", ["admin"])
    const file = await given(office, first, portalLine(feeOf("Lệ phí: 150.000 đồng")))
    const second = await signedIn(site, "duyet", ["approver"])
    const check = await fileChecked(first, file)
    expect(check.closed).toContain("phải do người khác")
    expect((await publish(first, check, "Lý do đủ dài cho việc này")).status).toBe(403)
    expect((await publish(second, check)).body).toEqual({ release: 2 })
  })
})

describe("golden questions", { timeout: 60_000 }, () => {
  it("are kept by editors, once each, and nobody overwrites what they have not seen", async () => {
    const { site } = await anOffice()
    const editor = await signedIn(site, "soan", ["editor"])
    const approver = await signedIn(site, "duyet", ["approver"])
    const { body: added } = await golden(editor)
    expect((await golden(editor)).body.error?.fields).toHaveProperty("question")
    expect((await golden(approver, [], "khác")).status).toBe(403)
    const { id } = added as { id: string }
    const change = { question: QUESTION, kind: "procedure", key: BIRTH_AGAIN, words: ["9.000 đồng"], seen: 1 }
    expect((await editor.call("PATCH", `/golden/${id}`, { body: change })).body).toMatchObject({ version: 2, words: ["9.000 đồng"] })
    expect((await editor.call("PATCH", `/golden/${id}`, { body: change })).status).toBe(409)
    const check = await checked(approver, [])
    expect(check.outcomes).toMatchObject([{ verdict: "unchanged", live: { right: false, missing: ["9.000 đồng"] }, candidate: null }])
    expect((await editor.call("DELETE", `/golden/${id}/1`)).status).toBe(409)
    expect((await editor.call("DELETE", `/golden/${id}/2`)).status).toBe(200)
    expect((await editor.call("GET", "/golden")).body).toMatchObject({ total: 0 })
  })
})
