import { Prisma, PrismaClient } from "./generated/client.ts"
import { createSafeSqlite } from "./safe-sqlite.ts"
import { explainingFailures } from "./sqlite-failure.ts"

export type Database = PrismaClient
/**
 * What `database.$transaction(async (tx) => …)` hands over. Inside, use only `tx`: a write through the outer client would
 * wait for the end of the transaction, which waits for it.
 */
export type Transaction = Prisma.TransactionClient
export type JsonObject = Prisma.InputJsonObject

// Writers wait in one line; Prisma's own 2 s would refuse the last of a long line although nothing is wrong.
const TRANSACTIONS = { maxWait: 15_000, timeout: 10_000 }

/** Opens a migrated SQLite file, to be closed with `$disconnect()`; throws an InstallationError when it is missing, damaged or locked. */
export async function openDatabase(file: string): Promise<Database> {
  const database = new PrismaClient({ adapter: createSafeSqlite(file), transactionOptions: TRANSACTIONS })
  await explainingFailures(file, () => database.$connect())
  return database
}

/** True when a write was refused because a row with the same unique key exists: for callers whose insert may come twice. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002"
}
