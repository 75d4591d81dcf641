import type { Transaction } from "../prisma/database.ts"
import { maskPersonalData } from "../rag/privacy.ts"
import { textOf } from "./body.ts"
import type { Move } from "./conversation-state.ts"
import type { Said } from "./dialogue/reading.ts"
import type { StoredEvent } from "./inbox/inbox.ts"
import type { Body } from "./message.ts"
import { callOff } from "./outbox/call-off.ts"

/** What a note changes of its conversation's row. */
export interface ConversationChange {
  readonly heldBy?: string | null
  readonly heldByName?: string | null
  readonly unreachable?: string | null
}

export interface Noted {
  /** Somebody of the commune spoke: the chat is theirs. */
  readonly move: Move | null
  readonly change: ConversationChange
  readonly messages: readonly { direction: "out"; text: string; answerId: null; externalId: string | null; staffName: string }[]
}

interface Note {
  readonly event: StoredEvent
  readonly note: Said
  readonly at: Date
}

type Write<Type extends Said["type"]> = (
  tx: Transaction,
  note: { event: StoredEvent; said: Extract<Said, { type: Type }>; at: Date },
) => Promise<Noted | null>

/** Staff who write in the platform's own app are known by the platform alone. */
export const ON_THE_PLATFORM = { heldBy: "platform", heldByName: "Cán bộ trực" } as const
const NOTHING: Noted = { move: null, change: {}, messages: [] }
const ECHO_WITHIN_MS = 60 * 60_000

/** Writes down what no reply follows from, and tells what it changes of the conversation. */
export async function writeNote(tx: Transaction, { event, note, at }: Note): Promise<Noted> {
  const write = WRITERS[note.type] as Write<Said["type"]>
  return (await write(tx, { event, said: note, at })) ?? NOTHING
}

const WRITERS: { readonly [Type in Said["type"]]: Write<Type> } = {
  message: writeStaffMessage,
  async edited(tx, { event: { conversationId }, said, at }) {
    const text = maskPersonalData(said.text).text
    await tx.message.updateMany({ where: { conversationId, externalId: said.messageId, direction: "in" }, data: { text, editedAt: at } })
    return null
  },
  async retracted(tx, { event: { conversationId }, said, at }) {
    await tx.message.updateMany({ where: { conversationId, externalId: said.messageId, direction: "in" }, data: { retractedAt: at } })
    return null
  },
  async receipt(tx, { event: { accountId }, said }) {
    const part = await tx.sentPart.findUnique({ where: { accountId_messageId: { accountId, messageId: said.messageId } } })
    // Receipts overtake one another: what was seen stays seen.
    if (part)
      await tx.outboxMessage.updateMany({
        where: { id: part.outboxId, OR: [{ receipt: null }, { receipt: "delivered" }] },
        data: { receipt: said.state },
      })
    return null
  },
  async relation(tx, { event: { conversationId }, said }) {
    const gone = said.state === "blocked" || said.state === "unfollowed"
    if (gone) await callOff(tx, { conversationId, why: said.state })
    return { ...NOTHING, change: { unreachable: gone ? said.state : null } }
  },
  reaction: () => Promise.resolve(null),
  choice: () => Promise.resolve(null),
  start: () => Promise.resolve(null),
  shared_info: () => Promise.resolve(null),
}

/** Somebody of the commune wrote in the platform's own app, unless it is our own message that comes back. */
async function writeStaffMessage(
  tx: Transaction,
  { event, said, at }: { event: StoredEvent; said: Extract<Said, { type: "message" }>; at: Date },
): Promise<Noted | null> {
  if (await isEcho(tx, { event, said, at })) return null
  await callOff(tx, { conversationId: event.conversationId, why: "held", author: "bot" })
  const text = maskPersonalData(said.text).text
  const staffName = ON_THE_PLATFORM.heldByName
  return {
    move: "staff_writes",
    change: ON_THE_PLATFORM,
    messages: [{ direction: "out", text, answerId: null, externalId: said.messageId ?? null, staffName }],
  }
}

interface Written {
  readonly event: StoredEvent
  readonly said: { readonly text: string; readonly messageId?: string | undefined }
  readonly at: Date
}

/** An echo may beat the platform's own answer to our sending: then the words themselves tell whose it is. */
async function isEcho(tx: Transaction, { event, said, at }: Written): Promise<boolean> {
  const { accountId, conversationId } = event
  const { messageId } = said
  const part = messageId === undefined ? null : await tx.sentPart.findUnique({ where: { accountId_messageId: { accountId, messageId } } })
  if (part) return true
  const rows = await tx.outboxMessage.findMany({
    where: { conversationId, state: { in: ["sending", "sent", "unknown"] }, createdAt: { gt: new Date(at.getTime() - ECHO_WITHIN_MS) } },
    orderBy: { createdAt: "desc" },
    take: 10,
  })
  const ours = rows.find((row) => sameWords(textOf((row.body as unknown as { body: Body }).body), said.text))
  if (!ours) return false
  // That it comes back proves that it went out.
  if (ours.state === "unknown")
    await tx.outboxMessage.updateMany({ where: { id: ours.id, state: "unknown" }, data: { state: "sent", sentAt: at } })
  return true
}

/** A part of a long message, or a message with its list of choices below. */
function sameWords(ours: string, echoed: string): boolean {
  const [a, b] = [plain(ours), plain(echoed)]
  return b !== "" && (a.includes(b) || b.startsWith(a))
}

const plain = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim()
