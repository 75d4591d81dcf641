import { NotFoundError } from "../../errors.ts"
import { wordsOf } from "../../knowledge/golden.ts"
import type { Database, Transaction } from "../../prisma/database.ts"
import { orderOf } from "../api/page.ts"
import { pageHolding } from "../api/search.ts"
import { conflict, wrongField } from "../api/refusal.ts"
import { type ApiRoute, read, write } from "../api/route.ts"
import { addGolden, changeGolden, type GoldenRow, listGolden, removeGolden } from "../contract/golden.ts"
import { publishingRefusals } from "../publishing/texts.ts"
import { refusals } from "../texts.ts"

export interface GoldenDependencies {
  readonly db: Database
  readonly newId: () => string
}

/** Questions whose right answer is known: every publication is checked by them. */
export const goldenRoutes = (dependencies: GoldenDependencies): ApiRoute[] => [
  listing(dependencies),
  adding(dependencies),
  changing(),
  removing(),
]

function listing({ db }: GoldenDependencies): ApiRoute {
  return read(listGolden, async ({ query }) => {
    const { rows, total } = await pageHolding(query, {
      words: async () => {
        const all = await db.goldenQuestion.findMany({ orderBy: orderOf(query), select: { id: true, question: true, key: true } })
        return all.map(({ id, question, key }) => ({ id, words: `${question}\n${key}` }))
      },
      rows: (ids) => db.goldenQuestion.findMany({ where: { id: { in: ids } } }),
    })
    return { total, rows: rows.map(rowOf) }
  })
}

type Stored = Awaited<ReturnType<Transaction["goldenQuestion"]["findUniqueOrThrow"]>>

const rowOf = ({ id, question, kind, key, words, version, changedBy, updatedAt }: Stored): GoldenRow => ({
  ...{ id, question, key, version, changedBy, words: wordsOf(words), updatedAt: updatedAt.toISOString() },
  kind: kind as GoldenRow["kind"],
})

function adding({ newId }: GoldenDependencies): ApiRoute {
  return write(addGolden, {
    async act(tx, { body, actor, now }) {
      await refuseTwice(tx, body.question)
      const state = { ...body, version: 1, changedBy: actor.name, createdAt: now, updatedAt: now }
      const row = await tx.goldenQuestion.create({ data: { id: newId(), ...state } })
      return { reply: rowOf(row), log: { kind: "golden.added", subject: `golden:${row.id}`, details: body } }
    },
  })
}

function changing(): ApiRoute {
  return write(changeGolden, {
    async act(tx, { params: { id }, body: { seen, ...body }, actor, now }) {
      const before = await seenGolden(tx, id, seen)
      await refuseTwice(tx, body.question, id)
      const data = { ...body, version: seen + 1, changedBy: actor.name, updatedAt: now }
      const row = await tx.goldenQuestion.update({ where: { id }, data })
      const { question, kind, key, words } = rowOf(before)
      const details = { ...body, before: { question, kind, key, words } }
      return { reply: rowOf(row), log: { kind: "golden.changed", subject: `golden:${id}`, details } }
    },
  })
}

function removing(): ApiRoute {
  return write(removeGolden, {
    async act(tx, { params: { id, version } }) {
      const { question, kind, key, words } = rowOf(await seenGolden(tx, id, version))
      await tx.goldenQuestion.delete({ where: { id } })
      return { reply: {}, log: { kind: "golden.removed", subject: `golden:${id}`, details: { question, kind, key, words } } }
    },
  })
}

async function seenGolden(tx: Transaction, id: string, version: number): Promise<Stored> {
  const row = await tx.goldenQuestion.findUnique({ where: { id } })
  if (!row) throw new NotFoundError("golden question")
  if (row.version !== version) throw conflict(refusals.overtaken)
  return row
}

async function refuseTwice(tx: Transaction, question: string, except?: string): Promise<void> {
  const same = await tx.goldenQuestion.findUnique({ where: { question } })
  if (same && same.id !== except) throw wrongField("question", publishingRefusals.goldenTwice)
}
