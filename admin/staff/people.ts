import type { Database, Transaction } from "../../prisma/database.ts"
import type { Actor } from "../api/route.ts"
import type { Me } from "../contract/session.ts"
import { permissionsOf, ROLES, type Role } from "../permissions.ts"

/** Stored roles in the order of the table; what a newer program stored and this one does not know is left out. */
export function rolesOf(rows: readonly { readonly role: string }[]): Role[] {
  const names = new Set(rows.map(({ role }) => role))
  return ROLES.filter((role) => names.has(role))
}

/** What the browser is told of who is signed in. */
export const meOf = ({ id, account, name, roles }: Omit<Actor, "sessionId">): Me => ({
  id,
  account,
  name,
  roles: [...roles],
  permissions: permissionsOf(roles),
})

interface NewPerson {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly passwordHash: string
  readonly now: Date
}

/** Adds a member of staff, active and about to be signed in. */
export async function addPerson(tx: Transaction, { id, account, name, roles, passwordHash, now }: NewPerson): Promise<void> {
  const times = { createdAt: now, updatedAt: now, signedInAt: now }
  await tx.staff.create({
    data: { id, account, name, state: "active", passwordHash, ...times, roles: { create: roles.map((role) => ({ role })) } },
  })
}

const ACTIVE_ADMIN = { state: "active", roles: { some: { role: "admin" satisfies Role } } }

/** True when somebody, other than the person left out, can administer. */
export async function hasAdmin(db: Database | Transaction, except?: string): Promise<boolean> {
  return (await db.staff.count({ where: { ...ACTIVE_ADMIN, ...(except ? { id: { not: except } } : {}) } })) > 0
}
