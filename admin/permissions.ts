/** What a member of staff may be. One person may be several. */
export const ROLES = ["admin", "editor", "approver", "agent", "leader", "auditor"] as const
export type Role = (typeof ROLES)[number]

const all: readonly Role[] = ROLES

/** THE table: who may do what. A route names one of these, and nothing else decides. */
const TABLE = {
  "overview.read": all,
  "knowledge.read": all,
  "knowledge.edit": ["admin", "editor"],
  "knowledge.approve": ["admin", "approver"],
  "knowledge.publish": ["admin", "approver"],
  "channels.manage": ["admin"],
  "chats.read": ["admin", "agent", "leader"],
  "chats.answer": ["admin", "agent"],
  "complaints.read": ["admin", "agent", "leader"],
  "complaints.handle": ["admin", "agent"],
  "reports.read": ["admin", "approver", "leader", "auditor"],
  "evidence.read": ["admin", "leader", "auditor"],
  "audit.read": ["admin", "leader", "auditor"],
  "staff.manage": ["admin"],
  "settings.manage": ["admin"],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof TABLE
export const PERMISSIONS = Object.keys(TABLE) as readonly Permission[]

/** What a route asks for: a permission, any signed-in member of staff, or nothing. */
export type Access = Permission | "signed_in" | "public"

/** True when one of these roles has the permission. */
export function allows(roles: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = TABLE[permission]
  return roles.some((role) => allowed.includes(role))
}

/** All that these roles may do. */
export const permissionsOf = (roles: readonly Role[]): Permission[] => PERMISSIONS.filter((permission) => allows(roles, permission))
