import { describe, expect, it } from "vitest"
import { saveItems } from "../../knowledge/store.ts"
import { fromRow } from "../../knowledge/editing/drafts.ts"
import type { QuestionGroupRow } from "../../admin/contract/questions.ts"
import type { AnswerStatus } from "../../rag/answer-status.ts"
import { newId } from "../support/house.ts"
import { DEATH, items, MARRIAGE } from "../rag/small-commune.ts"
import { aStaffSite, type Browser, MINUTE, signedIn, type StaffSite } from "./staff-site.ts"

const HOUR = 60 * MINUTE

async function anOffice() {
  const site = await aStaffSite()
  await saveItems(site.db, items(), { now: site.clock.now(), newId, demo: false, importedFrom: "tệp" })
  return { site, editor: await signedIn(site, "soan", ["editor"]) }
}

/** An answer as the conversation keeps it, some time ago. */
async function asked({ db, clock }: StaffSite, question: string, more: { status?: AnswerStatus; agoMs?: number } = {}): Promise<string> {
  const id = newId()
  const createdAt = new Date(clock.now().getTime() - (more.agoMs ?? 0))
  const body = { candidates: [{ code: MARRIAGE, name: "x", score: 0.7 }] }
  await db.answer.create({
    data: { id, question, status: more.status ?? "low_confidence", text: "", body, trace: {}, knowledgeVersion: 1, ms: 1, createdAt },
  })
  return id
}

const rate = ({ db, clock }: StaffSite, answerId: string, verdict: string) => {
  const createdAt = clock.now()
  return db.answerFeedback.upsert({
    where: { answerId },
    create: { id: newId(), answerId, verdict, createdAt },
    update: { verdict, createdAt },
  })
}

async function groups(browser: Browser, state = "open"): Promise<QuestionGroupRow[]> {
  const { status, body } = await browser.call("GET", `/questions?state=${state}`)
  expect(status).toBe(200)
  return body["rows"] as QuestionGroupRow[]
}

async function only(browser: Browser, state = "open"): Promise<QuestionGroupRow> {
  const [first, ...more] = await groups(browser, state)
  if (!first || more.length > 0) throw new Error(`${more.length + (first ? 1 : 0)} groups`)
  return first
}

/** What publishing does to a draft, whoever does it. */
async function publish({ db, clock }: StaffSite) {
  const drafts = (await db.knowledgeDraft.findMany()).map(fromRow)
  await saveItems(
    db,
    drafts.map(({ item }) => item),
    { now: clock.now(), newId, demo: false, importedFrom: "bản soạn" },
  )
  await db.knowledgeDraft.deleteMany()
}

const DAY = 24 * HOUR

describe("questions that were not well answered", () => {
  it("stand in groups of one kind, whatever is asked of the matter and however it is typed", async () => {
    const { site, editor } = await anOffice()
    await asked(site, "xin phép nuôi ong lấy mật cần giấy tờ gì", { agoMs: 9 * DAY })
    await asked(site, "Nuoi ong lay mat xin phep o dau a", { agoMs: 2 * DAY })
    await asked(site, "lệ phí xin phép nuôi ong lấy mật", { agoMs: DAY, status: "no_source" })
    await asked(site, "đổ rác cồng kềnh ở đâu", { agoMs: DAY })
    await asked(site, "làm giấy khai sinh", { status: "answered" })
    const [first, second, ...more] = await groups(editor)
    expect(more).toEqual([])
    expect(first).toMatchObject({ title: "xin phép nuôi ong lấy mật cần giấy tờ gì", count: 3, week: 2, weekBefore: 1, ratedWrong: 0 })
    expect(first?.examples).toHaveLength(3)
    expect(first?.suggestion).toEqual({ code: MARRIAGE, name: "Đăng ký kết hôn" })
    expect(second).toMatchObject({ title: "đổ rác cồng kềnh ở đâu", count: 1 })
    // Looking again counts nothing twice, and takes in what is new.
    await asked(site, "nuôi ong lấy mật")
    expect((await groups(editor)).map(({ count }) => count)).toEqual([4, 1])
    expect((await groups(editor)).map(({ count }) => count)).toEqual([4, 1])
  })

  it("are also those that citizens rated wrong, until they think better of it; complaints are nobody's here", async () => {
    const { site, editor } = await anOffice()
    const answered = await asked(site, "phí hộ tịch", { status: "answered", agoMs: HOUR })
    const complaint = await asked(site, "ông trưởng thôn nhận tiền", { status: "routed_complaint", agoMs: HOUR })
    await rate(site, answered, "wrong")
    await rate(site, complaint, "wrong")
    expect(await only(editor)).toMatchObject({ title: "phí hộ tịch", ratedWrong: 1, count: 1 })
    site.clock.pass(MINUTE)
    await rate(site, answered, "right")
    expect(await groups(editor)).toEqual([])
  })
})

describe("a group", () => {
  it("waits for its draft, is closed when that is published, and comes back when the question recurs unanswered", async () => {
    const { site, editor } = await anOffice()
    await asked(site, "báo tin người già mất", { agoMs: HOUR })
    const { id, version } = await only(editor)
    const body = { code: DEATH, phrase: "báo tin người già mất", version }
    expect((await editor.call("POST", `/questions/${id}/alias`, { body })).status).toBe(200)
    expect((await editor.call("POST", `/questions/${id}/alias`, { body: { ...body, phrase: "khác hẳn" } })).status).toBe(409)
    expect(await only(editor, "drafted")).toMatchObject({ record: { kind: "procedure", key: DEATH } })
    await asked(site, "báo tin người già mất")
    expect((await only(editor, "drafted")).count).toBe(2)
    site.clock.pass(HOUR)
    await publish(site)
    expect(await only(editor, "answered")).toMatchObject({ id })
    site.clock.pass(HOUR)
    await asked(site, "người già mất báo tin")
    expect(await only(editor)).toMatchObject({ id, count: 3, reopened: 1 })
  })

  it("is open again when its draft is thrown away", async () => {
    const { site, editor } = await anOffice()
    await asked(site, "báo tin người già mất", { agoMs: HOUR })
    const { id, version } = await only(editor)
    await editor.call("POST", `/questions/${id}/alias`, { body: { code: DEATH, phrase: "báo tin người già mất", version } })
    await site.db.knowledgeDraft.deleteMany()
    expect(await only(editor)).toMatchObject({ id, state: "open" })
  })

  it("is set aside with a reason, and comes back when several ask again", async () => {
    const { site, editor } = await anOffice()
    await asked(site, "giá vàng hôm nay", { agoMs: HOUR })
    const { id, version } = await only(editor)
    expect((await editor.call("POST", `/questions/${id}/set-aside`, { body: { reason: "", version } })).status).toBe(400)
    const aside = await editor.call("POST", `/questions/${id}/set-aside`, { body: { reason: "Ngoài phạm vi của xã", version } })
    expect(aside.status).toBe(200)
    for (const state of ["set_aside", "set_aside", "open"]) {
      site.clock.pass(MINUTE)
      expect(await only(editor, "set_aside")).toMatchObject({ reason: "Ngoài phạm vi của xã", decidedBy: "Nguyễn Văn An" })
      await asked(site, "giá vàng hôm nay thế nào")
      expect((await only(editor, "all")).state).toBe(state)
    }
    const log = await site.db.auditEntry.findFirstOrThrow({ where: { kind: "questions.set_aside" } })
    expect(log.subject).toBe(`questions:${id}`)
  })

  it("is read by everybody and changed by editors alone", async () => {
    const { site, editor } = await anOffice()
    await asked(site, "giá vàng hôm nay", { agoMs: HOUR })
    const { id, version } = await only(editor)
    for (const role of ["leader", "auditor", "approver", "agent"] as const) {
      const browser = await signedIn(site, role, [role])
      expect(await groups(browser)).toHaveLength(1)
      const body = { reason: "Ngoài phạm vi", version }
      expect((await browser.call("POST", `/questions/${id}/set-aside`, { body })).status).toBe(403)
    }
  })
})

describe("an answer drafted for a group", () => {
  const FAQ = {
    title: "Thu gom đồ cồng kềnh",
    questions: ["đổ tủ giường cũ ở đâu"],
    text: "Xe thu gom đồ cũ đến từng thôn vào ngày 12 hằng tháng, mỗi hộ đóng 25.000 đồng.",
    source: "Thông báo số 5/TB-UBND của UBND xã An Thử",
    quote: "Xe thu gom rác cồng kềnh đi các thôn vào ngày 12 hằng tháng; mỗi hộ đóng 25.000 đồng một lần.",
  }

  it("answers its question once it would be published, in its own words and with its source", async () => {
    const { site, editor } = await anOffice()
    await asked(site, "đổ tủ giường cũ ở đâu", { agoMs: HOUR })
    const { id, version } = await only(editor)
    expect((await editor.call("POST", `/questions/${id}/faq`, { body: { ...FAQ, version } })).status).toBe(200)
    const tried = await editor.call("POST", "/trial", { body: { question: "tôi muốn đổ tủ giường cũ thì đổ ở đâu ạ", against: "drafts" } })
    expect(tried.body).toMatchObject({ status: "answered" })
    expect(tried.body["text"]).toContain("25.000 đồng")
    expect(tried.body["text"]).toContain("Thông báo số 5/TB-UBND")
    site.clock.pass(HOUR)
    await publish(site)
    expect(await only(editor, "answered")).toMatchObject({ id, record: { kind: "notice" } })
  })

  it("is refused where a figure does not stand in the source, and withheld where it gets in another way", async () => {
    const { site, editor } = await anOffice()
    await asked(site, "đổ tủ giường cũ ở đâu", { agoMs: HOUR })
    const { id, version } = await only(editor)
    const dear = { ...FAQ, text: FAQ.text.replace("25.000", "35.000") }
    const refused = await editor.call("POST", `/questions/${id}/faq`, { body: { ...dear, version } })
    expect(refused.body.error?.fields?.["text"]).toContain("35000")
    const body = { ...dear, kind: "faq", id: "hoi-dap-rac" }
    expect((await editor.call("POST", "/drafts", { body: { kind: "notice", body, seen: null } })).status).toBe(200)
    const tried = await editor.call("POST", "/trial", { body: { question: "đổ tủ giường cũ ở đâu", against: "drafts" } })
    expect(tried.body["status"]).toBe("failed_verification")
    expect(tried.body["text"]).not.toContain("35.000")
  })
})
