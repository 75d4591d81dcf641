import type { Database, Transaction } from "../../prisma/database.ts"
import { conflict, wrongField } from "../api/refusal.ts"
import { type Actor, type ApiRoute, type Call, read, type SessionChange, write } from "../api/route.ts"
import { changePassword, confirmSecondStep, dropSecondStep, endOwnSession, readAccount, startSecondStep } from "../contract/account.ts"
import { hashPassword, isPassword } from "../staff/password.ts"
import { seal } from "../staff/seal.ts"
import { newSecondStep, renewRecoveryCodes, timeStepOf } from "../staff/second-step.ts"
import { openSessionsOf, rotateSession } from "../staff/sessions.ts"
import { forgetFailures, reserveAttempt } from "../staff/throttle.ts"
import { refusals } from "../texts.ts"
import { NotFoundError } from "../../errors.ts"

export interface AccountDependencies {
  readonly db: Database
  readonly newId: () => string
  readonly encryptionKey: string
}

/** What every member of staff may see and change of their own account. */
export const accountRoutes = (dependencies: AccountDependencies): ApiRoute[] => [
  ...ownRoutes(dependencies),
  ...secondStepRoutes(dependencies),
]

function ownRoutes({ db }: AccountDependencies): ApiRoute[] {
  return [
    read(readAccount, async ({ actor, now }) => {
      const person = await db.staff.findUniqueOrThrow({ where: { id: actor.id } })
      const sessions = await openSessionsOf(db, actor.id, now)
      return {
        secondStep: person.totpSecret !== null,
        recoveryCodesLeft: await db.recoveryCode.count({ where: { staffId: actor.id, usedAt: null } }),
        sessions: sessions.map(({ id, device, address, createdAt, seenAt }) => ({
          ...{ id, device, address, current: id === actor.sessionId },
          createdAt: createdAt.toISOString(),
          seenAt: seenAt.toISOString(),
        })),
      }
    }),
    write(changePassword, {
      async prepare(call) {
        await confirmPassword(db, call, { field: "current", password: call.body.current })
        return hashPassword(call.body.password)
      },
      async act(tx, call, passwordHash) {
        await tx.staff.update({ where: { id: call.actor.id }, data: { passwordHash, updatedAt: call.now } })
        return { reply: {}, session: await alone(tx, call), log: { kind: "password.changed", subject: `staff:${call.actor.id}` } }
      },
    }),
    write(endOwnSession, {
      async act(tx, { actor, params }) {
        const { count } = await tx.staffSession.deleteMany({ where: { id: params.id, staffId: actor.id } })
        if (count === 0) throw new NotFoundError("session")
        const log = { kind: "session.ended", subject: `staff:${actor.id}`, details: { sessions: count } }
        return { reply: {}, log, ...(params.id === actor.sessionId ? { session: "close" } : {}) }
      },
    }),
  ]
}

function secondStepRoutes({ db, newId, encryptionKey }: AccountDependencies): ApiRoute[] {
  return [
    read(startSecondStep, ({ actor }) => newSecondStep(actor.account)),
    write(confirmSecondStep, {
      async prepare(call) {
        const { secret, code, password } = call.body
        await confirmPassword(db, call, { field: "password", password })
        const step = await timeStepOf(secret, code, { now: call.now, after: null })
        if (step === null) throw wrongField("code", refusals.wrongFirstCode)
        return step
      },
      async act(tx, call, totpStep) {
        const totpSecret = seal(encryptionKey, call.body.secret)
        const off = { id: call.actor.id, totpSecret: null }
        const { count } = await tx.staff.updateMany({ where: off, data: { totpSecret, totpStep, updatedAt: call.now } })
        if (count === 0) throw conflict(refusals.secondStepOn)
        const recoveryCodes = await renewRecoveryCodes(tx, call.actor.id, newId)
        const log = { kind: "second_step.on", subject: `staff:${call.actor.id}` }
        return { reply: { recoveryCodes }, session: await alone(tx, call), log }
      },
    }),
    write(dropSecondStep, {
      prepare: (call) => confirmPassword(db, call, { field: "password", password: call.body.password }),
      async act(tx, call) {
        await tx.staff.update({ where: { id: call.actor.id }, data: { totpSecret: null, totpStep: null, updatedAt: call.now } })
        await tx.recoveryCode.deleteMany({ where: { staffId: call.actor.id } })
        return { reply: {}, session: await alone(tx, call), log: { kind: "second_step.off", subject: `staff:${call.actor.id}` } }
      },
    }),
  ]
}

type OwnCall = Pick<Call<typeof changePassword>, "actor" | "visitor" | "now">

/** Throws unless the password is the person's own: a browser left open must not be enough. Guesses are slowed as at sign-in. */
async function confirmPassword(db: Database, { actor, visitor, now }: OwnCall, given: { field: string; password: string }): Promise<void> {
  const attempt = { account: actor.account, address: visitor.address }
  await reserveAttempt(db, attempt, now)
  const { passwordHash } = await db.staff.findUniqueOrThrow({ where: { id: actor.id } })
  if (!(await isPassword(given.password, passwordHash))) throw wrongField(given.field, refusals.wrongPassword)
  await db.$transaction((tx) => forgetFailures(tx, attempt, now))
}

/** Ends the person's other sessions and gives this one a new token. */
async function alone(tx: Transaction, { actor }: { readonly actor: Actor }): Promise<SessionChange> {
  await tx.staffSession.deleteMany({ where: { staffId: actor.id, id: { not: actor.sessionId } } })
  return { open: await rotateSession(tx, actor.sessionId) }
}
