import { draftOf, saveDraft } from "../../knowledge/editing/drafts.ts"
import type { Notice } from "../../knowledge/notice.ts"
import { NotFoundError } from "../../errors.ts"
import type { JsonObject, Transaction } from "../../prisma/database.ts"
import { unsupportedFigures } from "../../rag/compose/figures.ts"
import { createQuestionGroups } from "../../rag/gaps/groups.ts"
import { maskPersonalData } from "../../rag/privacy.ts"
import { orderOf } from "../api/page.ts"
import { pageHolding } from "../api/search.ts"
import { conflict, wrongField } from "../api/refusal.ts"
import { type ApiRoute, read, unlogged, write } from "../api/route.ts"
import { answerWithAlias, answerWithFaq, listQuestions, reopenQuestions, setAside } from "../contract/questions.ts"
import { refusals } from "../texts.ts"
import { faulty, rowOf } from "./drafts.ts"
import { type GroupRow, rowsOf } from "./question-rows.ts"
import { type TrialDependencies, worded } from "./trial.ts"

/** Questions that were not well answered: their groups, and what is done about them. */
export const questionRoutes = (dependencies: TrialDependencies): ApiRoute[] => [
  listing(dependencies),
  aliasing(dependencies),
  explaining(dependencies),
  ...deciding(),
]

function listing({ db, newId, aside }: TrialDependencies): ApiRoute {
  const groups = createQuestionGroups({ db, newId, read: aside.read })
  return read(listQuestions, async ({ query, now }) => {
    await groups.refresh()
    const where = { count: { gt: 0 }, ...(query.state === "all" ? {} : { state: query.state }) }
    const { rows, total } = await pageHolding(query, {
      words: async () => {
        const all = await db.questionGroup.findMany({ where, orderBy: orderOf(query), select: { id: true, title: true } })
        return all.map(({ id, title }) => ({ id, words: title }))
      },
      rows: (ids) => db.questionGroup.findMany({ where: { id: { in: ids } } }),
    })
    return { total, rows: await rowsOf(rows, { db, live: aside.live, now }) }
  })
}

interface Seen {
  readonly id: string
  readonly version: number
}

/** The group as the person saw it. Throws when somebody was quicker. */
async function seenGroup(tx: Transaction, { id, version }: Seen): Promise<GroupRow> {
  const group = await tx.questionGroup.findUnique({ where: { id } })
  if (!group) throw new NotFoundError("question group")
  if (group.version !== version) throw conflict(refusals.groupMoved)
  return group
}

const subjectOf = (id: string) => `questions:${id}`

/** From now on the draft of this record is what the group waits for. */
async function waitFor(tx: Transaction, group: GroupRow, record: { kind: string; key: string }): Promise<void> {
  const stored = await tx.knowledgeRecord.findUnique({ where: { kind_key: record }, select: { version: true } })
  const data = { state: "drafted", recordKind: record.kind, recordKey: record.key, recordVersion: stored?.version ?? null }
  await tx.questionGroup.update({
    where: { id: group.id },
    data: { ...data, reason: "", decidedAt: null, recurred: 0, version: group.version + 1 },
  })
}

function aliasing({ newId }: TrialDependencies): ApiRoute {
  return write(answerWithAlias, {
    async act(tx, { params: { id }, body: { code, phrase, version }, actor, now }) {
      const group = await seenGroup(tx, { id, version })
      const made = await worded(tx, { code, phrase, list: "aliases" }, { kind: "draft.alias_added", actor, now, newId })
      await waitFor(tx, group, { kind: "procedure", key: code })
      return made
    },
  })
}

function explaining({ newId }: TrialDependencies): ApiRoute {
  return write(answerWithFaq, {
    async act(tx, { params: { id }, body: { version, ...faq }, actor, now }) {
      const group = await seenGroup(tx, { id, version })
      checkFaq(faq)
      const body: Notice = { kind: "faq", id: faqId(id), ...faq }
      const seen = (await draftOf(tx, { kind: "notice", key: body.id }))?.version ?? null
      const saved = await saveDraft(tx, { kind: "notice", body, seen }, { by: actor, now, newId })
      if (saved.outcome === "faulty") throw faulty(saved.faults)
      if (saved.outcome === "overtaken") throw conflict(refusals.overtaken)
      if (saved.outcome === "unchanged") return { reply: { draft: null }, log: unlogged("nothing differs from what is told") }
      await waitFor(tx, group, { kind: "notice", key: body.id })
      const details: JsonObject = { version: saved.draft.version, body: { ...body } }
      return { reply: { draft: rowOf(saved.draft) }, log: { kind: "draft.saved", subject: `notice:${body.id}`, details } }
    },
  })
}

/** One answer for each group: answered again, it is the same notice in a newer wording. */
const faqId = (group: string) => `hoi-dap-${group.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`

/** Figures are copied from the source, never made up; and nobody's personal data gets into what everybody reads. */
function checkFaq({
  title,
  text,
  quote,
  questions,
}: Pick<Extract<Notice, { kind: "faq" }>, "title" | "text" | "quote" | "questions">): void {
  for (const [field, words] of [
    ["questions", questions.join("\n")],
    ["title", title],
  ] as const)
    if (maskPersonalData(words).found.length > 0 || /\[[^\]]+\]/.test(words)) throw wrongField(field, refusals.personalData)
  for (const [field, words] of [
    ["title", title],
    ["text", text],
  ] as const) {
    const missing = unsupportedFigures(words, [quote])
    if (missing.length > 0) throw wrongField(field, refusals.notInSource(missing.join(", ")))
  }
}

function deciding(): ApiRoute[] {
  return [
    write(setAside, {
      async act(tx, { params: { id }, body: { reason, version }, actor, now }) {
        await seenGroup(tx, { id, version })
        const data = { state: "set_aside", reason, decidedAt: now, decidedByName: actor.name, recurred: 0, version: version + 1 }
        await tx.questionGroup.update({ where: { id }, data })
        return { reply: {}, log: { kind: "questions.set_aside", subject: subjectOf(id), details: { reason } } }
      },
    }),
    write(reopenQuestions, {
      async act(tx, { params: { id }, body: { version } }) {
        await seenGroup(tx, { id, version })
        await tx.questionGroup.update({
          where: { id },
          data: { state: "open", reason: "", decidedAt: null, recurred: 0, version: version + 1 },
        })
        return { reply: {}, log: { kind: "questions.reopened", subject: subjectOf(id) } }
      },
    }),
  ]
}
