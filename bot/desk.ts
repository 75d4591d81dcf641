import type { Database, JsonObject, Transaction } from "../prisma/database.ts"
import { plainJson } from "./answer-record.ts"
import { bodyOf } from "./body.ts"
import { after, type ConversationState, isHeld, type Move, readState } from "./conversation-state.ts"
import { callOff } from "./outbox/call-off.ts"
import type { StoredAttachment } from "./outbox/delivery.ts"
import { storedAuthor } from "./outbox/row.ts"
import type { Author, Purpose } from "./message.ts"
import type { Commune, ConversationTexts } from "./texts/conversation.ts"

/** The officer who acts; citizens read the public name. */
export interface Officer {
  readonly staffId: string
  readonly publicName: string
  /** Writes down who it was, in the transaction of the act; not asked when the act is refused or was done already. */
  readonly log?: (tx: Transaction) => Promise<void>
}

/** Why an act was not done; nothing was changed. */
export type DeskRefusal = "no_such_conversation" | "not_possible" | "held_by_another" | "empty" | "unreachable"
export type DeskOutcome = { readonly ok: true; readonly state: ConversationState } | { readonly ok: false; readonly why: DeskRefusal }

/** What an officer writes to a citizen. */
export interface Letter {
  readonly text: string
  readonly idempotencyKey: string
  /** Lie in the media store already. */
  readonly files?: readonly StoredAttachment[]
}

/** What an officer on duty can do with a conversation. Every act is one transaction: it wins or loses against the assistant's answer. */
export interface Desk {
  /** The chat is the officer's: whatever the assistant still had to say is called off. `over`: also from a colleague. */
  take(conversationId: string, by: Officer & { readonly over?: boolean }): Promise<DeskOutcome>
  /** `text` may be empty when files are enclosed. */
  write(conversationId: string, by: Officer & Letter): Promise<DeskOutcome>
  /** The assistant goes on, and the citizen is told so. */
  handBack(conversationId: string, by: Officer): Promise<DeskOutcome>
  resolve(conversationId: string, by: Officer): Promise<DeskOutcome>
  /** Gives back the chats in which nobody of the commune has written for long; tells how many. */
  releaseForgotten(): Promise<number>
}

interface Dependencies {
  readonly db: Database
  readonly texts: ConversationTexts
  readonly commune: () => Commune
  readonly now: () => Date
  readonly newId: () => string
  readonly wake: (conversation: { readonly conversationId: string; readonly accountId: string }) => void
  /** How long an officer may be silent before the assistant takes over again. */
  readonly holdMs?: number
}

const HOLD_MS = 2 * 60 * 60_000
const BOT: Author = { kind: "bot" }

type Row = NonNullable<Awaited<ReturnType<Database["conversation"]["findUnique"]>>>

interface Says {
  readonly text: string
  readonly author: Author
  readonly purpose: Purpose
  readonly key: string
  readonly files?: readonly StoredAttachment[]
  /** How the history tells of it, where that is more than the words. */
  readonly told?: string
}

interface Act {
  readonly move: Move
  readonly by: Officer | null
  /** What is said with it. */
  readonly says?: Says
  readonly allows?: (row: Row) => DeskRefusal | null
}

export function createDesk(dependencies: Dependencies): Desk {
  const { texts, newId } = dependencies
  const act = createAct(dependencies)
  return {
    take: (id, { over, ...by }) => act(id, { move: "staff_takes", by, allows: holding(by, over) }),
    write(id, { text, idempotencyKey: key, files = [], ...by }) {
      const words = text.normalize("NFC").trim()
      if (words === "" && files.length === 0) return Promise.resolve(refused("empty"))
      const author: Author = { kind: "staff", staffId: by.staffId, publicName: by.publicName }
      const told = [...files.map(({ kind }) => (kind === "image" ? texts.heard.image : texts.heard.file)), words].join(" ").trim()
      const allows = (row: Row) => holding(by)(row) ?? (row.unreachable === null ? null : "unreachable")
      return act(id, { move: "staff_writes", by, allows, says: { text: words, author, purpose: "staff_reply", key, files, told } })
    },
    handBack(id, by) {
      const says = { text: texts.handedBack, author: BOT, purpose: "reply", key: newId() } as const
      return act(id, { move: "staff_hands_back", by, says, allows: holding(by) })
    },
    resolve: (id, by) => act(id, { move: "staff_resolves", by, allows: holding(by) }),
    releaseForgotten: createRelease(dependencies, act),
  }
}

type DoAct = (conversationId: string, act: Act) => Promise<DeskOutcome>

function createAct({ db, now, newId, wake }: Dependencies): DoAct {
  return async (conversationId, given) => {
    const { outcome, accountId } = await db.$transaction(async (tx) => {
      const row = await tx.conversation.findUnique({ where: { id: conversationId } })
      if (!row) return { outcome: refused("no_such_conversation"), accountId: "" }
      // The officer's page repeats what it does not know to have arrived.
      const said = given.says ? await tx.outboxMessage.findUnique({ where: { idempotencyKey: outboxKey(given.says.key) } }) : null
      if (said) return { outcome: { ok: true as const, state: readState(row.state) }, accountId: row.accountId }
      const refusal = given.allows?.(row) ?? null
      const state = after(readState(row.state), given.move)
      if (refusal !== null || state === null) return { outcome: refused(refusal ?? "not_possible"), accountId: "" }
      await write(tx, { row, state, act: given }, { now: now(), newId })
      return { outcome: { ok: true as const, state }, accountId: row.accountId }
    })
    if (outcome.ok) wake({ conversationId, accountId })
    return outcome
  }
}

function createRelease({ db, now, newId, texts, commune, holdMs = HOLD_MS }: Dependencies, act: DoAct): Desk["releaseForgotten"] {
  const forgotten = ({ state, stateSince }: Pick<Row, "state" | "stateSince">) =>
    isHeld(readState(state)) && now().getTime() - (stateSince?.getTime() ?? 0) > holdMs
  return async () => {
    const rows = await db.conversation.findMany({ where: { state: { in: ["open", "waiting_citizen"] } } })
    const text = texts.holdExpired(commune())
    const outcomes = []
    for (const { id } of rows.filter(forgotten)) {
      const says = { text, author: BOT, purpose: "reply", key: newId() } as const
      outcomes.push(await act(id, { move: "hold_expires", by: null, says, allows: (row) => (forgotten(row) ? null : "not_possible") }))
    }
    return outcomes.filter(({ ok }) => ok).length
  }
}

/** A colleague's chat is taken over only on purpose. */
function holding({ staffId }: Officer, over = false): (row: Row) => DeskRefusal | null {
  return ({ state, heldBy }) => (isHeld(readState(state)) && heldBy !== null && heldBy !== staffId && !over ? "held_by_another" : null)
}

/** The key of what an officer says, in the outbox. */
export const outboxKey = (key: string) => `desk:${key}`
const refused = (why: DeskRefusal): DeskOutcome => ({ ok: false, why })

interface Writing {
  readonly row: Row
  readonly state: ConversationState
  readonly act: Act
}

async function write(tx: Transaction, { row, state, act }: Writing, { now, newId }: { now: Date; newId: () => string }): Promise<void> {
  const conversationId = row.id
  const at = new Date(Math.max(now.getTime(), row.updatedAt.getTime() + 1))
  if (isHeld(state)) await callOff(tx, { conversationId, why: "held", author: "bot" })
  const holder = isHeld(state) ? { heldBy: act.by?.staffId ?? row.heldBy, heldByName: act.by?.publicName ?? row.heldByName } : NOBODY
  // An officer who writes again is not forgotten, although the state stays.
  const data = { version: row.version + 1, state, stateSince: at, updatedAt: at, ...holder }
  await tx.conversation.updateMany({ where: { id: conversationId, version: row.version }, data })
  await act.by?.log?.(tx)
  if (!act.says) return
  const { text, author, purpose, key, files = [], told = text } = act.says
  // An officer's words are kept as they are: a telephone number in them is the office's own, and the web page reads them here.
  const message = { id: newId(), conversationId, direction: "out", text: told, answerId: null, createdAt: at }
  await tx.message.create({ data: { ...message, staffName: author.kind === "staff" ? author.publicName : null } })
  const body: JsonObject = plainJson({ body: bodyOf(text), choices: [], ...(files.length > 0 ? { attachments: files } : {}) })
  const to = { accountId: row.accountId, peerId: row.peerId, conversationId }
  const fresh = { state: "pending", attempts: 0, partsSent: 0, notBefore: now, createdAt: at }
  await tx.outboxMessage.create({
    data: { id: newId(), idempotencyKey: outboxKey(key), ...to, purpose, author: storedAuthor(author), body, ...fresh },
  })
}

const NOBODY = { heldBy: null, heldByName: null }
