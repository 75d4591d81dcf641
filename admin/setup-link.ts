import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { z } from "zod"
import type { Database } from "../prisma/database.ts"

const KEY = "setup_link"
const stored = z.object({ hash: z.string() })

/** Makes a new one-time link for the set-up and forgets the one before. Only its hash is kept. */
export async function renewSetupLink(db: Database, now: Date): Promise<string> {
  const token = randomBytes(24).toString("base64url")
  const row = { value: { hash: hashOf(token) }, updatedAt: now }
  await db.setting.upsert({ where: { key: KEY }, create: { key: KEY, ...row }, update: row })
  return token
}

/** True for the token of the link that was printed last and not used yet. */
export async function isSetupToken(db: Database, token: string): Promise<boolean> {
  const row = await db.setting.findUnique({ where: { key: KEY } })
  const known = stored.safeParse(row?.value)
  if (!known.success || token === "") return false
  return timingSafeEqual(Buffer.from(known.data.hash), Buffer.from(hashOf(token)))
}

/** Uses the link up; false when its token is wrong or another request was faster. */
export async function useSetupLink(db: Database, token: string): Promise<boolean> {
  if (!(await isSetupToken(db, token))) return false
  return (await db.setting.deleteMany({ where: { key: KEY } })).count === 1
}

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex")
