// The typed queries build, check and serialise each statement anew, which costs several times what SQLite needs for it.
// What every message writes goes through here instead: one statement for many rows, all their values bound as one text of
// JSON, because each bound value has its price on the way through the client, and a short statement is parsed sooner.
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

/** Adds the rows as part of the caller's transaction; with `keepKnown` those whose key is there already stay as they are. */
export async function insertRows<Name extends Table>(
  tx: Transaction,
  table: Name,
  { rows, keepKnown = false }: { readonly rows: readonly NewRow<Name>[]; readonly keepKnown?: boolean },
): Promise<void> {
  for (const { columns, expressions, values } of statements(rows)) {
    const known = keepKnown ? " ON CONFLICT DO NOTHING" : ""
    // WHERE keeps SQLite from reading ON CONFLICT as a condition of the rows' source.
    const sql = `INSERT INTO "${table}" (${columns.map(quoted).join(", ")}) SELECT ${expressions.join(", ")} FROM ${ROWS} WHERE true${known}`
    await tx.$executeRawUnsafe(sql, values)
  }
}

/** Makes the changes as part of the caller's transaction and returns how many rows were found. */
export async function updateRows<Name extends Table>(tx: Transaction, table: Name, changes: readonly RowChange<Name>[]): Promise<number> {
  let found = 0
  const asRow = ({ where, data }: RowChange<Name>) =>
    Object.fromEntries([...prefixed(WHERE, where), ...prefixed(DATA, data)]) as Readonly<Record<string, unknown>>
  for (const { columns, expressions, values } of statements(changes.map(asRow))) {
    const pairs = (prefix: string) =>
      columns.flatMap((column, i) => (column.startsWith(prefix) ? [[quoted(column.slice(prefix.length)), expressions[i]] as const] : []))
    const change = pairs(DATA).map(([column, value]) => `${column} = ${value}`)
    const same = pairs(WHERE).map(([column, value]) => `"${table}".${column} = ${value}`)
    const sql = `UPDATE "${table}" SET ${change.join(", ")} FROM ${ROWS} WHERE ${same.join(" AND ")}`
    found += await tx.$executeRawUnsafe(sql, values)
  }
  return found
}

const WHERE = "where "
const DATA = "data "
const prefixed = (prefix: string, columns: object) => Object.entries(columns).map(([name, value]) => [prefix + name, value as unknown])

/** The one bound value: a list of rows, each the list of its values. */
const ROWS = `json_each(?) AS "row"`
// Names come from the code, never from a person.
const quoted = (name: string) => `"${name}"`

interface Statement {
  readonly columns: readonly string[]
  /** Each column's value, taken from its row. */
  readonly expressions: readonly string[]
  /** The values of all rows, as JSON. */
  readonly values: string
}

/** Rows with the same columns share a statement. */
function statements(rows: readonly object[]): Statement[] {
  const shapes = new Map<string, object[]>()
  for (const row of rows) {
    const shape = Object.entries(row)
      .map(([column, value]: [string, unknown]) => (isJson(value) ? `${column}{}` : column))
      .join()
    const alike = shapes.get(shape)
    if (alike) alike.push(row)
    else shapes.set(shape, [row])
  }
  return [...shapes.values()].map(statementOf)
}

function statementOf(rows: readonly object[]): Statement {
  const first = Object.entries(rows[0] ?? {}) as readonly (readonly [string, unknown])[]
  return {
    columns: first.map(([column]) => column),
    // -> is the text of an object, ->> a plain value.
    expressions: first.map(([, value], place) => `"row"."value" ${isJson(value) ? "->" : "->>"} ${place}`),
    values: JSON.stringify(rows.map((row) => Object.values(row).map(stored))),
  }
}

const isJson = (value: unknown) => typeof value === "object" && value !== null && !(value instanceof Date)

/** A time is kept as the typed queries write it. */
const stored = (value: unknown): unknown => (value instanceof Date ? value.toISOString().replace("Z", "+00:00") : value)
