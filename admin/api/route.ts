import type { Readable } from "node:stream"
import type { z } from "zod"
import type { Database, JsonObject, Transaction } from "../../prisma/database.ts"
import { appendAudit } from "../../prisma/audit.ts"
import type { Contract } from "../contract/route.ts"
import type { Role } from "../permissions.ts"
import type { Refusal } from "./refusal.ts"

/** The member of staff who asks. */
export interface Actor {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly sessionId: string
}

/** The browser that asks. */
export interface Visitor {
  readonly address: string
  readonly device: string
}

export interface Call<C extends Contract> {
  readonly params: z.output<C["params"]>
  readonly query: z.output<C["query"]>
  readonly body: z.output<C["body"]>
  /** Null only where a contract lets in people who are not signed in. */
  readonly actor: C["access"] extends "public" ? Actor | null : Actor
  readonly visitor: Visitor
  readonly now: Date
  /** What is on its way, for contracts that take a file; `bytes` as the sender tells it. */
  readonly upload: { readonly stream: Readable; readonly bytes: number | null }
}

/** A file that goes out: where it lies or its bytes, what it is, and under which name it is saved (null: it is shown). */
export interface SentFile {
  readonly content: { readonly path: string } | Uint8Array
  readonly type: string
  readonly saveAs: string | null
}

/** What goes into the audit chain; by whom is filled in from the session unless it is told. */
export interface AuditNote {
  readonly kind: string
  readonly subject: string
  readonly details?: JsonObject
  readonly by?: Pick<Actor, "id" | "name">
}

/** A change that leaves no trace, and why. */
interface Unlogged {
  readonly unlogged: string
}
export const unlogged = (reason: string): Unlogged => ({ unlogged: reason })

/** What to do with the browser's session: give it this token, or forget it. */
export type SessionChange = { readonly open: string } | "close"

interface Logged {
  readonly log: AuditNote | Unlogged
  readonly session?: SessionChange
  /** Done once the change is safe, before the answer. */
  readonly afterwards?: () => Promise<void>
}
/** A change that was made, or a refusal that is itself worth keeping; a refusal that is thrown leaves nothing behind. */
export type Outcome<R> = Logged & ({ readonly reply: R } | { readonly refusal: Refusal })

export interface Ran {
  readonly reply: unknown
  readonly session?: SessionChange | undefined
  readonly file?: SentFile
}

/** A contract with what fulfils it. */
export interface ApiRoute {
  readonly contract: Contract
  run(call: Call<Contract>, db: Database): Promise<Ran>
}

/** A route that changes nothing. */
export function read<C extends Contract>(contract: C, handle: (call: Call<C>) => Promise<z.input<C["response"]>>): ApiRoute {
  return { contract, run: async (call) => ({ reply: await handle(call) }) }
}

/** A route that gives a file. */
export function send<C extends Contract>(contract: C, handle: (call: Call<C>) => Promise<SentFile>): ApiRoute {
  return { contract, run: async (call) => ({ reply: null, file: await handle(call) }) }
}

interface Write<C extends Contract, P> {
  /** What takes time (hashing a password) and must not hold up other writers. */
  readonly prepare?: (call: Call<C>) => Promise<P>
  /** Makes the change with `tx` alone and tells what to log: both are kept, or neither. */
  readonly act: (tx: Transaction, call: Call<C>, prepared: P) => Promise<Outcome<z.input<C["response"]>>>
  /** Done in the end, whatever became of the change, also where it never began. */
  readonly ended?: (call: Call<C>) => void
  /** For what may take longer than a change of a few rows. */
  readonly patience?: { readonly maxWait: number; readonly timeout: number }
}

/** A route that changes something: in one transaction with its entry in the audit chain. */
export function write<C extends Contract, P = undefined>(contract: C, { prepare, act, ended, patience }: Write<C, P>): ApiRoute {
  return {
    contract,
    async run(given, db) {
      const call = given as unknown as Call<C>
      const prepared = (await prepare?.(call)) as P
      const change = db.$transaction(async (tx) => {
        const made = await act(tx, call, prepared)
        await log(tx, made.log, call)
        return made
      }, patience)
      const outcome = await change.finally(() => ended?.(call))
      if ("refusal" in outcome) throw outcome.refusal
      await outcome.afterwards?.()
      return { reply: outcome.reply, session: outcome.session }
    },
  }
}

interface Asked {
  readonly actor: Actor | null
  readonly visitor: Visitor
  readonly now: Date
}

async function log(tx: Transaction, note: AuditNote | Unlogged, { actor, visitor, now }: Asked) {
  if ("unlogged" in note) return
  const by = note.by ?? actor
  if (!by) throw new Error(`nobody is named for ${note.kind}`)
  const details = { ...note.details, address: visitor.address }
  await appendAudit(tx, { at: now, kind: note.kind, actorId: by.id, actor: by.name, subject: note.subject, details })
}
