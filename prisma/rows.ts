// The typed queries build, check and serialise each statement anew, which costs several times what SQLite needs for it.
// What every message writes goes through here instead: one statement for many rows, the values bound.
import type { Prisma } from "./generated/client.ts"
import type { Transaction } from "./database.ts"

interface Tables {
  readonly Answer: Prisma.AnswerCreateManyInput
  readonly Conversation: Prisma.ConversationCreateManyInput
  readonly EvidenceEntry: Prisma.EvidenceEntryCreateManyInput
  readonly InboxEvent: Prisma.InboxEventCreateManyInput
  readonly Message: Prisma.MessageCreateManyInput
  readonly OutboxMessage: Prisma.OutboxMessageCreateManyInput
  readonly SentPart: Prisma.SentPartCreateManyInput
}

type Table = keyof Tables
/** A row as it is stored. A column of JSON takes any object: it is made into text here, without the members that have no value. */
export type NewRow<Name extends Table> = {
  readonly [Column in keyof Tables[Name]]: Prisma.InputJsonObject extends Tables[Name][Column] ? object : Tables[Name][Column]
}

/** Some columns of a row by which it is found, and others that change. */
export interface RowChange<Name extends Table> {
  readonly where: Partial<NewRow<Name>>
  readonly data: Partial<NewRow<Name>>
}

// SQLite takes 32,766 values in a statement; no row here has more than twenty columns.
const MOST_ROWS = 1000

/** Adds the rows as part of the caller's transaction; with `keepKnown` those whose key is there already stay as they are. */
export async function insertRows<Name extends Table>(
  tx: Transaction,
  table: Name,
  { rows, keepKnown = false }: { readonly rows: readonly NewRow<Name>[]; readonly keepKnown?: boolean },
): Promise<void> {
  for (const { columns, places, values } of statements(rows)) {
    const known = keepKnown ? " ON CONFLICT DO NOTHING" : ""
    await tx.$executeRawUnsafe(`INSERT INTO "${table}" (${columns.map(quoted).join(", ")}) VALUES ${places}${known}`, ...values)
  }
}

/** Makes the changes as part of the caller's transaction and returns how many rows were found. */
export async function updateRows<Name extends Table>(tx: Transaction, table: Name, changes: readonly RowChange<Name>[]): Promise<number> {
  let found = 0
  const asRow = ({ where, data }: RowChange<Name>) =>
    Object.fromEntries([...prefixed(WHERE, where), ...prefixed(DATA, data)]) as Readonly<Record<string, unknown>>
  for (const { columns, places, values } of statements(changes.map(asRow))) {
    const pairs = (prefix: string) =>
      columns.flatMap((column, i) =>
        column.startsWith(prefix) ? [[quoted(column.slice(prefix.length)), `"new"."column${i + 1}"`] as const] : [],
      )
    const change = pairs(DATA).map(([column, value]) => `${column} = ${value}`)
    const same = pairs(WHERE).map(([column, value]) => `"${table}".${column} = ${value}`)
    const sql = `UPDATE "${table}" SET ${change.join(", ")} FROM (VALUES ${places}) AS "new" WHERE ${same.join(" AND ")}`
    found += await tx.$executeRawUnsafe(sql, ...values)
  }
  return found
}

const WHERE = "where "
const DATA = "data "
const prefixed = (prefix: string, columns: object) => Object.entries(columns).map(([name, value]) => [prefix + name, value as unknown])

// Names come from the code, never from a person.
const quoted = (name: string) => `"${name}"`

interface Statement {
  readonly columns: readonly string[]
  readonly places: string
  readonly values: readonly unknown[]
}

/** Rows with the same columns share a statement. */
function* statements(rows: readonly object[]): Generator<Statement> {
  const shapes = new Map<string, object[]>()
  for (const row of rows) {
    const shape = Object.keys(row).join()
    const alike = shapes.get(shape)
    if (alike) alike.push(row)
    else shapes.set(shape, [row])
  }
  for (const alike of shapes.values())
    for (let from = 0; from < alike.length; from += MOST_ROWS) yield statementOf(alike.slice(from, from + MOST_ROWS))
}

function statementOf(rows: readonly object[]): Statement {
  const columns = Object.keys(rows[0] ?? {})
  const places = `(${columns.map(() => "?").join(", ")})`
  return { columns, places: rows.map(() => places).join(", "), values: rows.flatMap((row) => Object.values(row).map(bound)) }
}

function bound(value: unknown): unknown {
  if (typeof value === "object" && value !== null && !(value instanceof Date)) return JSON.stringify(value)
  return value ?? null
}
