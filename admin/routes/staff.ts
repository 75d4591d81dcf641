import { NotFoundError } from "../../errors.ts"
import type { Database, Transaction } from "../../prisma/database.ts"
import { orderOf } from "../api/page.ts"
import { pageHolding } from "../api/search.ts"
import { conflict } from "../api/refusal.ts"
import { type ApiRoute, read, write } from "../api/route.ts"
import {
  changeStaff,
  endStaffSessions,
  inviteStaff,
  listInvitations,
  listStaff,
  resetStaff,
  type StaffRow,
  switchStaff,
  withdrawInvitation,
} from "../contract/staff.ts"
import { linkPath, makeLink, openLinks, rolesOfLink } from "../staff/links.ts"
import { hasAdmin, rolesOf } from "../staff/people.ts"
import { overSince } from "../staff/sessions.ts"
import { refusals } from "../texts.ts"

export interface StaffDependencies {
  readonly db: Database
  readonly newId: () => string
}

/** Managing members of staff: for administrators. */
export const staffRoutes = (dependencies: StaffDependencies): ApiRoute[] => [
  listing(dependencies),
  ...invitationRoutes(dependencies),
  ...personRoutes(dependencies),
]

function listing({ db }: StaffDependencies): ApiRoute {
  return read(listStaff, async ({ query, now }) => {
    const { state, role } = query
    const where = {
      ...(state ? { state } : {}),
      ...(role ? { roles: { some: { role } } } : {}),
    }
    const include = { roles: true, _count: { select: { sessions: { where: { NOT: overSince(now) } } } } }
    const { rows, total } = await pageHolding(query, {
      words: async () => {
        const all = await db.staff.findMany({ where, orderBy: orderOf(query), select: { id: true, name: true, account: true } })
        return all.map(({ id, name, account }) => ({ id, words: `${name}\n${account}` }))
      },
      rows: (ids) => db.staff.findMany({ where: { id: { in: ids } }, include }),
    })
    return { total, rows: rows.map(rowOf) }
  })
}

interface StaffWithCounts {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly state: string
  readonly totpSecret: string | null
  readonly signedInAt: Date | null
  readonly roles: readonly { readonly role: string }[]
  readonly _count: { readonly sessions: number }
}

const rowOf = ({ id, account, name, state, totpSecret, signedInAt, roles, _count }: StaffWithCounts): StaffRow => ({
  ...{ id, account, name },
  state: state === "active" ? "active" : "inactive",
  roles: rolesOf(roles),
  secondStep: totpSecret !== null,
  sessions: _count.sessions,
  signedInAt: signedInAt?.toISOString() ?? null,
})

function invitationRoutes({ db, newId }: StaffDependencies): ApiRoute[] {
  return [
    write(inviteStaff, {
      async act(tx, { body, now }) {
        const id = newId()
        const { token, expiresAt } = await makeLink(tx, { id, name: body.name, roles: body.roles, staffId: null, now })
        const log = { kind: "staff.invited", subject: `invitation:${id}`, details: { name: body.name, roles: body.roles } }
        return { reply: { path: linkPath(token), expiresAt: expiresAt.toISOString() }, log }
      },
    }),
    read(listInvitations, async ({ now }) => {
      const links = await db.staffLink.findMany({ where: { staffId: null, ...openLinks(now) }, orderBy: { expiresAt: "asc" } })
      return {
        rows: links.map((link) => ({ ...link, roles: rolesOfLink(link.roles), expiresAt: link.expiresAt.toISOString() })),
      }
    }),
    write(withdrawInvitation, {
      async act(tx, { params }) {
        const { count } = await tx.staffLink.deleteMany({ where: { id: params.id, staffId: null, usedAt: null } })
        if (count === 0) throw new NotFoundError("invitation")
        return { reply: {}, log: { kind: "staff.invitation_withdrawn", subject: `invitation:${params.id}` } }
      },
    }),
  ]
}

function personRoutes({ newId }: StaffDependencies): ApiRoute[] {
  return [
    write(changeStaff, {
      async act(tx, { params: { id }, body: { name, roles }, now }) {
        const before = await personOf(tx, id)
        if (!roles.includes("admin")) await keepAnAdmin(tx, before)
        const other = roles.join() !== before.roles.join()
        await tx.staff.update({ where: { id }, data: { name, updatedAt: now } })
        if (other) {
          await tx.staffRole.deleteMany({ where: { staffId: id } })
          await tx.staffRole.createMany({ data: roles.map((role) => ({ staffId: id, role })) })
          // What was opened with the old roles must not live on with the new ones.
          await tx.staffSession.deleteMany({ where: { staffId: id } })
        }
        const details = { name, roles, before: { name: before.name, roles: before.roles } }
        return { reply: {}, log: { kind: "staff.changed", subject: `staff:${id}`, details } }
      },
    }),
    write(switchStaff, {
      async act(tx, { params: { id }, body: { state }, actor, now }) {
        const person = await personOf(tx, id)
        if (state === "inactive") {
          if (id === actor.id) throw conflict(refusals.oneself)
          await keepAnAdmin(tx, person)
          await tx.staffSession.deleteMany({ where: { staffId: id } })
          await tx.staffLink.deleteMany({ where: { staffId: id, usedAt: null } })
        }
        await tx.staff.update({ where: { id }, data: { state, updatedAt: now } })
        const kind = state === "active" ? "staff.activated" : "staff.deactivated"
        return { reply: {}, log: { kind, subject: `staff:${id}`, details: { name: person.name } } }
      },
    }),
    write(resetStaff, {
      async act(tx, { params: { id }, now }) {
        const { name, roles, state } = await personOf(tx, id)
        if (state !== "active") throw conflict(refusals.inactive)
        const { token, expiresAt } = await makeLink(tx, { id: newId(), name, roles, staffId: id, now })
        const log = { kind: "staff.reset_link_made", subject: `staff:${id}`, details: { name } }
        return { reply: { path: linkPath(token), expiresAt: expiresAt.toISOString() }, log }
      },
    }),
    write(endStaffSessions, {
      async act(tx, { params: { id } }) {
        const { name } = await personOf(tx, id)
        const { count } = await tx.staffSession.deleteMany({ where: { staffId: id } })
        return { reply: {}, log: { kind: "session.ended", subject: `staff:${id}`, details: { name, sessions: count } } }
      },
    }),
  ]
}

async function personOf(tx: Transaction, id: string) {
  const person = await tx.staff.findUnique({ where: { id }, include: { roles: true } })
  if (!person) throw new NotFoundError("staff")
  return { ...person, roles: rolesOf(person.roles) }
}

/** Throws when without this person nobody could administer any more. */
async function keepAnAdmin(tx: Transaction, { id, roles, state }: Awaited<ReturnType<typeof personOf>>): Promise<void> {
  if (state === "active" && roles.includes("admin") && !(await hasAdmin(tx, id))) throw conflict(refusals.lastAdmin)
}
