import { z } from "zod"
import type { Database, Transaction } from "../../prisma/database.ts"
import { ROLES, type Role } from "../permissions.ts"
import { hashToken, newToken } from "./tokens.ts"

const DAY = 24 * 60 * 60 * 1000
export const LINK_DAYS = 3

/** Where a link leads to in the staff area. */
export const linkPath = (token: string): string => `/quan-tri/lien-ket?ma=${token}`

interface NewLink {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Whose password it sets; null for an invitation. */
  readonly staffId: string | null
  readonly now: Date
}

/** Makes a one-time link that lasts three days; a person's earlier ones are worth nothing from then on. */
export async function makeLink(tx: Transaction, { id, name, roles, staffId, now }: NewLink): Promise<{ token: string; expiresAt: Date }> {
  if (staffId !== null) await tx.staffLink.deleteMany({ where: { staffId, usedAt: null } })
  const token = newToken()
  const expiresAt = new Date(now.getTime() + LINK_DAYS * DAY)
  await tx.staffLink.create({
    data: { id, tokenHash: hashToken(token), name, roles: [...roles], staffId, createdAt: now, expiresAt },
  })
  return { token, expiresAt }
}

export const openLinks = (now: Date) => ({ usedAt: null, expiresAt: { gt: now } })

const storedRoles = z.array(z.enum(ROLES))

/** The link of this token with the account it belongs to; null when it is used, over or unknown. */
export async function findLink(db: Database | Transaction, token: string, now: Date) {
  const link = await db.staffLink.findFirst({ where: { tokenHash: hashToken(token), ...openLinks(now) }, include: { staff: true } })
  return link && { ...link, roles: rolesOfLink(link.roles) }
}

/** The roles that an invitation gives. */
export const rolesOfLink = (stored: unknown): Role[] => storedRoles.parse(stored)

/** Uses a link up; false when another request was faster. */
export async function useLink(tx: Transaction, id: string, now: Date): Promise<boolean> {
  return (await tx.staffLink.updateMany({ where: { id, usedAt: null }, data: { usedAt: now } })).count === 1
}
