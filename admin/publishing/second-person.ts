import type { Draft } from "../../knowledge/editing/drafts.ts"
import { secondPersons, touchesFigures } from "../../knowledge/editing/figures.ts"
import { storedRecord } from "../../knowledge/editing/records.ts"
import type { Transaction } from "../../prisma/database.ts"
import { allows, ROLES } from "../permissions.ts"

const PUBLISHING = ROLES.filter((role) => allows([role], "knowledge.publish"))

/** The active members of staff who may publish. */
export async function publishersOf(tx: Transaction): Promise<string[]> {
  const where = { state: "active", roles: { some: { role: { in: PUBLISHING } } } }
  return (await tx.staff.findMany({ where, select: { id: true } })).map(({ id }) => id)
}

/** True when the draft changes a fee or a time limit; telling a record no more changes none. */
export async function changesFigures(tx: Transaction, { item, withdraws }: Draft): Promise<boolean> {
  if (withdraws) return false
  const stored = await storedRecord(tx, item)
  return touchesFigures(stored?.told ? stored.item : null, item)
}

/** True when this draft needs somebody else than this member of staff to publish it. */
export async function needsAnother(tx: Transaction, draft: Draft, actorId: string): Promise<boolean> {
  return (await changesFigures(tx, draft)) && !secondPersons(draft, await publishersOf(tx)).includes(actorId)
}

/** The names of those who may publish this draft, for whoever may not. */
export async function othersWhoMay(tx: Transaction, draft: Draft): Promise<string> {
  return namesOf(tx, secondPersons(draft, await publishersOf(tx)))
}

/** The names of these members of staff, in one line. */
export async function namesOf(tx: Transaction, ids: readonly string[]): Promise<string> {
  const people = await tx.staff.findMany({ where: { id: { in: [...ids] } }, select: { name: true }, orderBy: { name: "asc" } })
  return people.map(({ name }) => name).join(", ")
}
