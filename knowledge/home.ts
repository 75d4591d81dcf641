import { z } from "zod"
import type { Database, Transaction } from "../prisma/database.ts"
import type { KnowledgeBase } from "./base.ts"

const HOME = "commune"
const homeSchema = z.object({ commune: z.string().min(3), province: z.string().min(2) })

/** The commune that this installation belongs to; null until staff have named it. */
export async function readHome(db: Database | Transaction): Promise<KnowledgeBase["home"]> {
  const setting = await db.setting.findUnique({ where: { key: HOME } })
  return setting ? homeSchema.parse(setting.value) : null
}

/** Names the commune ("xã An Hưng", "Hải Phòng"). Throws a ZodError when a name is too short. */
export async function saveHome(db: Database | Transaction, home: NonNullable<KnowledgeBase["home"]>, now: Date): Promise<void> {
  const value = homeSchema.parse(home)
  await db.setting.upsert({ where: { key: HOME }, create: { key: HOME, value, updatedAt: now }, update: { value, updatedAt: now } })
}
