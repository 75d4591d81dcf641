import { InvalidInputError } from "../../errors.ts"
import { appendAudit } from "../../prisma/audit.ts"
import type { Database } from "../../prisma/database.ts"
import { linkPath, makeLink } from "./links.ts"
import { rolesOf } from "./people.ts"

interface Wanted {
  /** Whose password is to be set anew; without it the link makes a new administrator. */
  readonly account: string | null
  readonly now: Date
  readonly newId: () => string
}

const NEW_ADMIN = "Quản trị viên mới"

/**
 * The way back in when no administrator can sign in, for whoever runs the computer: returns the path of a one-time link. Throws
 * InvalidInputError when there is no such account.
 */
export async function makeAdminLink(db: Database, { account, now, newId }: Wanted): Promise<string> {
  return db.$transaction(async (tx) => {
    const person = account === null ? null : await tx.staff.findUnique({ where: { account }, include: { roles: true } })
    if (account !== null && !person) throw new InvalidInputError(`Không có tài khoản “${account}”.`)
    const id = newId()
    const whom = person ? { name: person.name, roles: rolesOf(person.roles) } : { name: NEW_ADMIN, roles: ["admin"] as const }
    const { token } = await makeLink(tx, { id, ...whom, staffId: person?.id ?? null, now })
    await appendAudit(tx, {
      ...{ at: now, kind: "staff.admin_link_made", actorId: "system", actor: "Cửa sổ lệnh" },
      subject: person ? `staff:${person.id}` : `invitation:${id}`,
      details: { account },
    })
    return linkPath(token)
  })
}
