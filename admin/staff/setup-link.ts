import { timingSafeEqual } from "node:crypto"
import { z } from "zod"
import type { Database, Transaction } from "../../prisma/database.ts"
import { hashToken, newToken } from "./tokens.ts"

const KEY = "setup_link"
const stored = z.object({ hash: z.string() })

/** Where the link of the first start leads to. */
export const setupPath = (token: string): string => `/quan-tri/thiet-lap?ma=${token}`

/** Makes a new one-time link for the set-up and forgets the one before. Only its hash is kept. */
export async function renewSetupLink(db: Database, now: Date): Promise<string> {
  const token = newToken()
  const row = { value: { hash: hashToken(token) }, updatedAt: now }
  await db.setting.upsert({ where: { key: KEY }, create: { key: KEY, ...row }, update: row })
  return token
}

/** True for the token of the link that was printed last and not used yet. */
export async function isSetupToken(db: Database | Transaction, token: string): Promise<boolean> {
  const row = await db.setting.findUnique({ where: { key: KEY } })
  const known = stored.safeParse(row?.value)
  if (!known.success || token === "") return false
  return timingSafeEqual(Buffer.from(known.data.hash), Buffer.from(hashToken(token)))
}

/** Uses the link up; false when its token is wrong or another request was faster. */
export async function useSetupLink(tx: Transaction, token: string): Promise<boolean> {
  if (!(await isSetupToken(tx, token))) return false
  return (await tx.setting.deleteMany({ where: { key: KEY } })).count === 1
}
