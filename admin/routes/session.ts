import { readHome } from "../../knowledge/home.ts"
import type { Database, Transaction } from "../../prisma/database.ts"
import { Refusal } from "../api/refusal.ts"
import { type ApiRoute, type AuditNote, type Call, type Outcome, read, unlogged, write } from "../api/route.ts"
import { type Me, readSession, signIn, signOut } from "../contract/session.ts"
import { isPassword } from "../staff/password.ts"
import { hasAdmin, meOf, rolesOf } from "../staff/people.ts"
import { unseal } from "../staff/seal.ts"
import { timeStepOf, useRecoveryCode } from "../staff/second-step.ts"
import { openSession } from "../staff/sessions.ts"
import { forgetFailures, reserveAttempt, takeBack } from "../staff/throttle.ts"
import { refusals } from "../texts.ts"

export interface SessionDependencies {
  readonly db: Database
  readonly newId: () => string
  readonly encryptionKey: string
}

const refuse = (code: string, message: string) => new Refusal({ status: 401, code, message })
const findPerson = (db: Database, account: string) => db.staff.findUnique({ where: { account }, include: { roles: true } })
type Person = NonNullable<Awaited<ReturnType<typeof findPerson>>>
type SignIn = Call<typeof signIn>

/** Signing in and out, and what the browser knows at its start. */
export function sessionRoutes(dependencies: SessionDependencies): ApiRoute[] {
  const { db } = dependencies
  return [
    read(readSession, async ({ actor }) => {
      const home = await readHome(db)
      const configured = home !== null && (await hasAdmin(db))
      return { configured, commune: home?.commune ?? null, me: actor && meOf(actor) }
    }),
    write(signIn, {
      async prepare({ body, visitor, now }) {
        await reserveAttempt(db, { account: body.account, address: visitor.address }, now)
        const person = await findPerson(db, body.account)
        const right = await isPassword(body.password, person?.state === "active" ? person.passwordHash : null)
        return { person, right }
      },
      async act(tx, call, { person, right }) {
        // A wrong name may be a password typed into the wrong field, which the chain would keep for good.
        if (!person) return { refusal: refuse("wrong_sign_in", refusals.wrongSignIn), log: unlogged("no such account") }
        if (!right) return { refusal: refuse("wrong_sign_in", refusals.wrongSignIn), log: failed(person, "password") }
        return (await secondStep(tx, call, { person, ...dependencies })) ?? (await enter(tx, call, { person, ...dependencies }))
      },
    }),
    write(signOut, {
      async act(tx, { actor }) {
        await tx.staffSession.deleteMany({ where: { id: actor.sessionId } })
        return { reply: {}, session: "close", log: { kind: "session.closed", subject: `staff:${actor.id}` } }
      },
    }),
  ]
}

const failed = (person: Person, what: string): AuditNote => ({
  kind: "session.refused",
  subject: `staff:${person.id}`,
  details: { what },
  by: person,
})

type At = SessionDependencies & { readonly person: Person }

/** Refuses where the account has a second step that was not passed; null when the way is free. */
async function secondStep(tx: Transaction, { body, visitor, now }: SignIn, { person, encryptionKey }: At): Promise<Outcome<Me> | null> {
  if (person.totpSecret === null) return null
  if (body.code === "") {
    await takeBack(tx, { account: body.account, address: visitor.address }, now)
    return { refusal: refuse("code_required", refusals.codeRequired), log: unlogged("the code is still to come") }
  }
  const step = await timeStepOf(unseal(encryptionKey, person.totpSecret), body.code, { now, after: person.totpStep })
  if (step !== null) {
    // Another request may have used the same code since the person was read.
    const fresh = { id: person.id, OR: [{ totpStep: null }, { totpStep: { lt: step } }] }
    if ((await tx.staff.updateMany({ where: fresh, data: { totpStep: step } })).count === 1) return null
  }
  if (await useRecoveryCode(tx, person.id, { code: body.code, now })) return null
  return { refusal: refuse("wrong_code", refusals.wrongCode), log: failed(person, "code") }
}

async function enter(tx: Transaction, { body, actor, visitor, now }: SignIn, { person, newId }: At): Promise<Outcome<Me>> {
  await forgetFailures(tx, { account: body.account, address: visitor.address }, now)
  // Whoever was signed in at this browser is not any more: a session never changes its person.
  if (actor) await tx.staffSession.deleteMany({ where: { id: actor.sessionId } })
  await tx.staff.update({ where: { id: person.id }, data: { signedInAt: now } })
  const token = await openSession(tx, { staffId: person.id, visitor, now, newId })
  const reply = meOf({ ...person, roles: rolesOf(person.roles) })
  return { reply, session: { open: token }, log: { kind: "session.opened", subject: `staff:${person.id}`, by: person } }
}
