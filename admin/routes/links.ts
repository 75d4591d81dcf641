import { gone, wrongField } from "../api/refusal.ts"
import { type ApiRoute, type Call, read, write } from "../api/route.ts"
import type { Database, Transaction } from "../../prisma/database.ts"
import { acceptLink, readLink } from "../contract/links.ts"
import { findLink, useLink } from "../staff/links.ts"
import { hashPassword } from "../staff/password.ts"
import { addPerson, meOf, rolesOf } from "../staff/people.ts"
import { openSession } from "../staff/sessions.ts"
import { refusals } from "../texts.ts"

export interface LinkDependencies {
  readonly db: Database
  readonly newId: () => string
}

/** What an invited person, or one who forgot the password, does with the link they were given. */
export function linkRoutes({ db, newId }: LinkDependencies): ApiRoute[] {
  return [
    read(readLink, async ({ query, now }) => {
      const link = await findLink(db, query.token, now)
      if (!link) throw gone(refusals.staffLink)
      const { name, staff, roles, expiresAt } = link
      return { name, account: staff?.account ?? null, roles, expiresAt: expiresAt.toISOString() }
    }),
    write(acceptLink, {
      async prepare({ body, now }) {
        // Hashing is dear: only for those who have a good link.
        if (!(await findLink(db, body.token, now))) throw gone(refusals.staffLink)
        return hashPassword(body.password)
      },
      async act(tx, call, passwordHash) {
        const { body, visitor, now } = call
        const link = await findLink(tx, body.token, now)
        if (!link || !(await useLink(tx, link.id, now))) throw gone(refusals.staffLink)
        const person = link.staff
          ? await renew(tx, call, { ...link.staff, passwordHash })
          : await join(tx, call, { ...link, id: newId(), passwordHash })
        const token = await openSession(tx, { staffId: person.id, visitor, now, newId })
        const kind = link.staff ? "password.reset" : "staff.joined"
        const log = { kind, subject: `staff:${person.id}`, details: { account: person.account, roles: [...person.roles] }, by: person }
        return { reply: meOf(person), session: { open: token }, log }
      },
    }),
  ]
}

type Accept = Call<typeof acceptLink>

async function join(
  tx: Transaction,
  { body, now }: Accept,
  { id, name, roles, passwordHash }: Omit<Parameters<typeof addPerson>[1], "now" | "account">,
) {
  const { account } = body
  if (await tx.staff.findUnique({ where: { account } })) throw wrongField("account", refusals.accountTaken)
  await addPerson(tx, { id, account, name, roles, passwordHash, now })
  return { id, account, name, roles }
}

/** Sets a new password; the second step goes, because who lost the password has often lost the telephone too. */
async function renew(tx: Transaction, { now }: Accept, person: { id: string; account: string; name: string; passwordHash: string }) {
  const { id, account, name, passwordHash } = person
  await tx.staffSession.deleteMany({ where: { staffId: id } })
  await tx.recoveryCode.deleteMany({ where: { staffId: id } })
  await tx.signInThrottle.deleteMany({ where: { key: `account:${account}` } })
  const changed = await tx.staff.update({
    where: { id },
    // A locked account has no link but from the command line, and whoever sits at that computer may open it again.
    data: { state: "active", passwordHash, totpSecret: null, totpStep: null, signedInAt: now, updatedAt: now },
    include: { roles: true },
  })
  return { id, account, name, roles: rolesOf(changed.roles) }
}
