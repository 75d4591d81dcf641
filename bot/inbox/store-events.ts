import type { Transaction } from "../../prisma/database.ts"
import { insertRows } from "../../prisma/rows.ts"
import type { InboundEvent, Peer, Receipt } from "../message.ts"
import { payloadOf } from "./said.ts"

export interface StoredReceipt extends Receipt {
  readonly conversationId: string
}

interface Dependencies {
  readonly now: () => Date
  readonly newId: () => string
}

type StoreEvents = (tx: Transaction, events: readonly InboundEvent[]) => Promise<readonly StoredReceipt[]>

/** Writes the events that are new, and the conversations of strangers; a known event names its row. */
export function createStoreEvents({ now, newId }: Dependencies): StoreEvents {
  let last = 0
  // Strictly rising, so that the order survives a restart although a whole batch arrives within one millisecond.
  const receivedAt = () => new Date((last = Math.max(now().getTime(), last + 1)))

  return async (tx, events) => {
    const receipts = await findEvents(tx, events)
    const fresh = new Map(events.filter((event) => !receipts.has(eventKey(event))).map((event) => [eventKey(event), event]))
    const conversations = await findOrOpen(tx, [...fresh.values()], { now: now(), newId })
    const rows = [...fresh.values()].map((event) => {
      const { dedupeKey, peer, sentAt } = event
      const conversationId = conversations.get(peerKey(peer)) ?? ""
      const times = { sentAt, receivedAt: receivedAt() }
      const row = { accountId: peer.accountId, dedupeKey, conversationId, state: "pending", attempts: 0, ...times }
      return { id: newId(), payload: payloadOf(event), ...row }
    })
    await insertRows(tx, "InboxEvent", { rows })
    const files = [...fresh.values()].flatMap((event, i) => mediaRows(event, { event: rows[i], newId }))
    if (files.length > 0) await tx.mediaFile.createMany({ data: files })
    const ids = new Map(rows.map((row) => [eventKey({ dedupeKey: row.dedupeKey, peer: row }), row.id]))
    return events.map((event) => {
      const key = eventKey(event)
      const { peerId } = event.peer
      const known = receipts.get(key)
      if (known) return known
      const receipt = { eventId: ids.get(key) ?? "", peerId, conversationId: conversations.get(peerKey(event.peer)) ?? "" }
      // The second of two equal ones in a batch is a duplicate of the first.
      receipts.set(key, { ...receipt, duplicate: true })
      return { ...receipt, duplicate: false }
    })
  }
}

const peerKey = ({ accountId, peerId }: Peer) => JSON.stringify([accountId, peerId])
const eventKey = ({ peer, dedupeKey }: { peer: { accountId: string }; dedupeKey: string }) => JSON.stringify([peer.accountId, dedupeKey])

async function findEvents(tx: Transaction, events: readonly InboundEvent[]): Promise<Map<string, StoredReceipt>> {
  const OR = byAccount(events).map(([accountId, own]) => ({ accountId, dedupeKey: { in: own.map(({ dedupeKey }) => dedupeKey) } }))
  const select = { id: true, accountId: true, dedupeKey: true, conversationId: true, conversation: { select: { peerId: true } } }
  const rows = await tx.inboxEvent.findMany({ where: { OR }, select })
  return new Map(
    rows.map(({ id, accountId, dedupeKey, conversationId, conversation }) => {
      const receipt = { eventId: id, peerId: conversation.peerId, conversationId, duplicate: true }
      return [eventKey({ dedupeKey, peer: { accountId } }), receipt]
    }),
  )
}

/** The conversation ids of all peers; who writes for the first time gets a conversation. */
async function findOrOpen(tx: Transaction, events: readonly InboundEvent[], { now, newId }: { now: Date; newId: () => string }) {
  if (events.length === 0) return new Map<string, string>()
  const OR = byAccount(events).map(([accountId, own]) => ({ accountId, peerId: { in: own.map(({ peer }) => peer.peerId) } }))
  const rows = await tx.conversation.findMany({ where: { OR }, select: { id: true, accountId: true, peerId: true } })
  const ids = new Map(rows.map((row) => [peerKey(row), row.id]))
  const strangers = new Map(events.filter(({ peer }) => !ids.has(peerKey(peer))).map(({ peer }) => [peerKey(peer), peer]))
  const data = [...strangers.values()].map(({ accountId, peerId }) => {
    const row = { id: newId(), accountId, peerId, version: 0, context: {}, createdAt: now, updatedAt: now }
    ids.set(peerKey(row), row.id)
    return row
  })
  await insertRows(tx, "Conversation", { rows: data })
  return ids
}

/** Where each photo or file waits to be fetched. */
function mediaRows(event: InboundEvent, { event: row, newId }: { event: InboxRow | undefined; newId: () => string }) {
  if (event.type !== "message" || !row) return []
  const { id: inboxEventId, conversationId, accountId, receivedAt: createdAt } = row
  return (event.media ?? []).map(({ kind, name = null, source, albumKey = null }) => {
    const place = { conversationId, inboxEventId, accountId, createdAt }
    return { id: newId(), ...place, albumKey, kind, name, source, state: "waiting", attempts: 0 }
  })
}

interface InboxRow {
  readonly id: string
  readonly conversationId: string
  readonly accountId: string
  readonly receivedAt: Date
}

function byAccount(events: readonly InboundEvent[]): [string, InboundEvent[]][] {
  const accounts = new Map<string, InboundEvent[]>()
  for (const event of events) accounts.set(event.peer.accountId, [...(accounts.get(event.peer.accountId) ?? []), event])
  return [...accounts]
}
