import type { Database, Transaction } from "../../prisma/database.ts"
import type { Actor, Visitor } from "../api/route.ts"
import { rolesOf } from "./people.ts"
import { hashToken, newToken } from "./tokens.ts"

const MINUTE = 60_000
/** A session ends when nobody used it for this long … */
export const IDLE_MS = 2 * 60 * MINUTE
/** … and in any case after a working day. */
export const ABSOLUTE_MS = 12 * 60 * MINUTE
const TOUCH_MS = MINUTE

interface NewSession {
  readonly staffId: string
  readonly visitor: Visitor
  readonly now: Date
  readonly newId: () => string
}

/** Picks the sessions that are over. */
export const overSince = (now: Date) => ({
  OR: [{ seenAt: { lte: new Date(now.getTime() - IDLE_MS) } }, { createdAt: { lte: new Date(now.getTime() - ABSOLUTE_MS) } }],
})

/** Opens a session and returns the token for its cookie; what is over of anybody's is cleared away. */
export async function openSession(tx: Transaction, { staffId, visitor, now, newId }: NewSession): Promise<string> {
  await tx.staffSession.deleteMany({ where: overSince(now) })
  const token = newToken()
  await tx.staffSession.create({
    data: { id: newId(), staffId, tokenHash: hashToken(token), ...visitor, createdAt: now, seenAt: now },
  })
  return token
}

/** Gives a session a new token, after what it may do has changed. */
export async function rotateSession(tx: Transaction, sessionId: string): Promise<string> {
  const token = newToken()
  await tx.staffSession.update({ where: { id: sessionId }, data: { tokenHash: hashToken(token) } })
  return token
}

/** Who is signed in with this token; null when it is unknown, over, or the person was deactivated. */
export async function findActor(db: Database, token: string, now: Date): Promise<Actor | null> {
  const session = await db.staffSession.findFirst({
    where: { tokenHash: hashToken(token), NOT: overSince(now), staff: { state: "active" } },
    include: { staff: { include: { roles: true } } },
  })
  if (!session) return null
  const { staff } = session
  // Not at every request: a write for each read would be dear.
  if (now.getTime() - session.seenAt.getTime() > TOUCH_MS)
    await db.staffSession.updateMany({ where: { id: session.id }, data: { seenAt: now } })
  return { id: staff.id, account: staff.account, name: staff.name, roles: rolesOf(staff.roles), sessionId: session.id }
}

/** The sessions of a person that are not over, the newest first. */
export const openSessionsOf = (db: Database, staffId: string, now: Date) =>
  db.staffSession.findMany({ where: { staffId, NOT: overSince(now) }, orderBy: { seenAt: "desc" } })
