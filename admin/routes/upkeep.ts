import { NotFoundError } from "../../errors.ts"
import type { KnowledgeBase } from "../../knowledge/base.ts"
import type { RecordName } from "../../knowledge/editing/records.ts"
import { findUpkeep, type RecordCare, type Upkeep, upkeepOf } from "../../knowledge/editing/upkeep.ts"
import type { Database, Transaction } from "../../prisma/database.ts"
import { today } from "../../rag/answer.ts"
import { wrongField } from "../api/refusal.ts"
import { type ApiRoute, read, write } from "../api/route.ts"
import { changeCare, listUpkeep, readCare, readOwners, type UpkeepRow } from "../contract/upkeep.ts"
import { allows, ROLES } from "../permissions.ts"
import { refusals } from "../texts.ts"

export interface UpkeepDependencies {
  readonly db: Database
  /** What citizens are answered from now. */
  readonly toldBase: () => KnowledgeBase
}

/** What of all that is told wants to be looked at, and who looks after each record. */
export const upkeepRoutes = (dependencies: UpkeepDependencies): ApiRoute[] => [
  listing(dependencies),
  owners(dependencies),
  ...caring(dependencies),
]

/** What is told, each record with the reasons to look at it. */
export async function upkeep({ db, toldBase }: UpkeepDependencies, { now, days }: { now: Date; days: number }): Promise<Upkeep[]> {
  return upkeepOf(toldBase(), { cares: await caresOf(db), today: today(now), days })
}

async function caresOf(db: Database): Promise<Map<string, RecordCare>> {
  const where = { OR: [{ ownerId: { not: null } }, { reviewBy: { not: null } }] }
  const rows = await db.knowledgeRecord.findMany({ where, select: { kind: true, key: true, ownerId: true, reviewBy: true } })
  return new Map(rows.map(({ kind, key, ...care }) => [`${kind}:${key}`, care]))
}

function listing({ db, toldBase }: UpkeepDependencies): ApiRoute {
  return read(listUpkeep, async ({ query, now }) => {
    const { page, size, days, ...wish } = query
    const found = findUpkeep(await upkeep({ db, toldBase }, { now, days }), wish)
    const rows = found.slice((page - 1) * size, page * size)
    const names = await namesOf(db, rows)
    const kinds = new Map(toldBase().notices.map(({ id, kind }) => [id, kind]))
    return { total: found.length, rows: rows.map((row) => presented(row, names.get(row.ownerId ?? ""), kinds.get(row.key))) }
  })
}

const presented = (row: Upkeep, owner: string | undefined, noticeKind: string | undefined): UpkeepRow => ({
  ...row,
  reasons: [...row.reasons],
  owner: owner ?? null,
  noticeKind: row.kind === "notice" ? (noticeKind ?? null) : null,
})

/** Names of those who look after these records, by their id. */
export async function namesOf(db: Database, rows: readonly Pick<RecordCare, "ownerId">[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ ownerId }) => (ownerId ? [ownerId] : []))
  const people = await db.staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return new Map(people.map(({ id, name }) => [id, name]))
}

const EDITORS = ROLES.filter((role) => allows([role], "knowledge.edit"))
const isEditor = { state: "active", roles: { some: { role: { in: EDITORS } } } }

const owners = ({ db }: UpkeepDependencies): ApiRoute =>
  read(readOwners, async () => ({
    owners: await db.staff.findMany({ where: isEditor, select: { id: true, name: true }, orderBy: { name: "asc" } }),
  }))

function caring({ db }: UpkeepDependencies): ApiRoute[] {
  return [
    read(readCare, async ({ params }) => {
      const { ownerId, reviewBy, suspended, updatedAt } = await recordOf(db, params)
      return { ownerId, reviewBy, suspended, updatedAt: updatedAt.toISOString() }
    }),
    write(changeCare, {
      async act(tx, { params, body }) {
        const { id, ownerId, reviewBy } = await recordOf(tx, params)
        if (body.ownerId !== null && body.ownerId !== ownerId && !(await tx.staff.findFirst({ where: { id: body.ownerId, ...isEditor } })))
          throw wrongField("ownerId", refusals.notAnEditor)
        await tx.knowledgeRecord.update({ where: { id }, data: body })
        const details = { ...body, before: { ownerId, reviewBy } }
        return { reply: {}, log: { kind: "record.care", subject: `${params.kind}:${params.key}`, details } }
      },
    }),
  ]
}

async function recordOf(tx: Transaction, { kind, key }: RecordName) {
  const record = await tx.knowledgeRecord.findUnique({ where: { kind_key: { kind, key } } })
  if (!record) throw new NotFoundError("record")
  return record
}
