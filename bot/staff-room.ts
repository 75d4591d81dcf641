import { appendAudit } from "../prisma/audit.ts"
import type { Database } from "../prisma/database.ts"
import type { ConversationState } from "./conversation-state.ts"
import { readState } from "./conversation-state.ts"
import { type Desk, type DeskOutcome, outboxKey } from "./desk.ts"
import type { Uploads } from "./media/uploads.ts"
import { ON_THE_PLATFORM } from "./notes.ts"
import { vi } from "./texts/conversation.ts"

/** A group of staff on the platform of one account. */
export interface Room {
  readonly accountId: string
  readonly groupId: string
}

export interface Line {
  readonly at: Date
  /** Null: the citizen; else who spoke, as the citizen read it. */
  readonly speaker: string | null
  /** Personal data masked. */
  readonly text: string
  /** The words of the message that the citizen answers to. */
  readonly quoted: string | null
  /** True when the citizen has changed what was told before; then `at` is the moment of the change. */
  readonly edited: boolean
  /** The platform's id where there is more to see than the words: a photo, a voice, a place. */
  readonly original: string | null
}

/** What a group has to be told of one conversation. */
export interface News {
  readonly conversationId: string
  readonly peerId: string
  readonly state: ConversationState
  /** Null: it has no topic, or no longer. */
  readonly topicId: string | null
  /** `begins`: staff are asked for; `goes_on`; `ends`: the assistant has the word again. */
  readonly kind: "begins" | "goes_on" | "ends"
  readonly lines: readonly Line[]
  /** Up to here all is told once the lines are. */
  readonly upTo: Date
}

/** A member of the group; only the log knows them by name. */
export interface Member {
  readonly id: string
  readonly name: string
}

/** A photo or file that goes to the citizen with what a member writes. */
export interface Enclosed {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly name: string | null
}

export type Written = DeskOutcome | { readonly ok: false; readonly why: "too_large" | "not_allowed" }

export interface StaffRoom {
  /** The longest waiting first. */
  news(room: Room): Promise<readonly News[]>
  /** Null: the platform has no such topic any more. */
  keepTopic(room: Room, given: { readonly conversationId: string; readonly topicId: string | null }): Promise<void>
  told(conversationId: string, given: { readonly upTo: Date; readonly open: boolean }): Promise<void>
  conversationOf(room: Room, topicId: string): Promise<string | null>
  /** `key`: the same words are said once, however often they are handed over. Rejects like the bytes of what is enclosed do. */
  write(act: Act & { readonly text: string; readonly key: string; readonly enclosed?: Enclosed }): Promise<Written>
  /** The largest file that may be enclosed, in bytes. */
  readonly maxFileBytes: number
  /** Also from a colleague elsewhere. */
  take(act: Act): Promise<DeskOutcome>
  handBack(act: Act): Promise<DeskOutcome>
  /** What became of the words with this key; null while they are on their way. */
  fateOf(key: string): Promise<"sent" | "failed" | "unknown" | null>
}

interface Act {
  readonly room: Room
  readonly conversationId: string
  readonly member: Member
}

interface Dependencies {
  readonly db: Database
  readonly desk: Desk
  /** Keeps the files that go to citizens. */
  readonly uploads: Pick<Uploads, "acceptUpload" | "maxBytes">
  readonly now: () => Date
}

const FATES: Readonly<Partial<Record<string, "sent" | "failed" | "unknown">>> = {
  sent: "sent",
  failed: "failed",
  unknown: "unknown",
  cancelled: "failed",
}
const WITH_STAFF = ["pending", "open", "waiting_citizen"]
const MOST_CONVERSATIONS = 100
const MOST_LINES = 50
/** How much of what was said before is shown when staff are asked for. */
const CONTEXT_LINES = 6
/** A photo is handed over before its message is written down. */
const MEDIA_SLACK_MS = 10 * 60_000
/** What stands in the history for what has no words: there is more to see. */
const WORDLESS: ReadonlySet<string> = new Set(Object.values(vi.heard).filter((text) => text !== "" && text !== vi.heard.start))

/** What waits for staff, read from the memory itself: nothing is lost while a group cannot be reached. */
export function createStaffRoom(dependencies: Dependencies): StaffRoom {
  const { db, uploads } = dependencies
  return {
    maxFileBytes: uploads.maxBytes,
    async news(room) {
      const waiting = await waitingNews(db, room)
      return [...waiting, ...(await endedNews(db, room))]
    },
    async keepTopic({ accountId, groupId }, { conversationId, topicId }) {
      const place = { accountId, groupId, topicId }
      const fresh = { conversationId, ...place, open: false, toldTo: new Date(0) }
      await db.staffTopic.upsert({ where: { conversationId }, create: fresh, update: place })
    },
    async told(conversationId, { upTo: toldTo, open }) {
      await db.staffTopic.updateMany({ where: { conversationId }, data: { toldTo, open } })
    },
    async conversationOf({ groupId }, topicId) {
      const topic = await db.staffTopic.findFirst({ where: { groupId, topicId }, select: { conversationId: true } })
      return topic?.conversationId ?? null
    },
    async fateOf(key) {
      const row = await db.outboxMessage.findUnique({ where: { idempotencyKey: outboxKey(key) }, select: { state: true } })
      return FATES[row?.state ?? ""] ?? null
    },
    ...actsOf(dependencies),
  }
}

type Conversation = Awaited<ReturnType<Database["conversation"]["findMany"]>>[number]
type Topic = Awaited<ReturnType<Database["staffTopic"]["findMany"]>>[number]

async function waitingNews(db: Database, room: Room): Promise<readonly News[]> {
  const where = { accountId: room.accountId, state: { in: WITH_STAFF } }
  const rows = await db.conversation.findMany({ where, orderBy: { stateSince: "asc" }, take: MOST_CONVERSATIONS })
  const topics = await topicsOf(db, room, rows)
  const told = await Promise.all(rows.map((row) => newsOf(db, row, topics.get(row.id))))
  return told.filter((news) => news !== null)
}

async function topicsOf(db: Database, { groupId }: Room, rows: readonly { id: string }[]): Promise<ReadonlyMap<string, Topic>> {
  if (rows.length === 0) return new Map()
  const found = await db.staffTopic.findMany({ where: { groupId, conversationId: { in: rows.map(({ id }) => id) } } })
  return new Map(found.map((topic) => [topic.conversationId, topic]))
}

async function newsOf(db: Database, row: Conversation, topic: Topic | undefined): Promise<News | null> {
  const begins = topic?.open !== true
  if (!begins && topic.topicId !== null && row.updatedAt <= topic.toldTo) return null
  const since = begins ? (row.stateSince ?? row.updatedAt) : topic.toldTo
  const fresh = await freshOf(db, row.id, { since, until: row.updatedAt })
  // A topic that is made anew shows what was said before, as the first one did.
  const before = begins || topic.topicId === null ? await contextOf(db, row.id, since) : []
  const lines = [...before, ...fresh]
  const base = { conversationId: row.id, peerId: row.peerId, state: readState(row.state), topicId: topic?.topicId ?? null }
  const last = fresh.length >= MOST_LINES ? fresh.at(-1) : undefined
  return { ...base, kind: begins ? "begins" : "goes_on", lines, upTo: last?.at ?? row.updatedAt }
}

async function endedNews(db: Database, room: Room): Promise<readonly News[]> {
  const topics = await db.staffTopic.findMany({ where: { ...room, open: true }, orderBy: { toldTo: "asc" } })
  const ids = topics.map(({ conversationId }) => conversationId)
  const rows = ids.length === 0 ? [] : await db.conversation.findMany({ where: { id: { in: ids }, state: { notIn: WITH_STAFF } } })
  const told = rows.map(async (row): Promise<News> => {
    const topic = topics.find(({ conversationId }) => conversationId === row.id)
    const until = row.stateSince ?? row.updatedAt
    const lines = await freshOf(db, row.id, { since: topic?.toldTo ?? until, until })
    const base = { conversationId: row.id, peerId: row.peerId, state: readState(row.state), topicId: topic?.topicId ?? null }
    return { ...base, kind: "ends", lines, upTo: until }
  })
  return Promise.all(told)
}

interface Span {
  readonly since: Date
  readonly until: Date
}

/** What is new in between: words, and changes of words that were told before. */
async function freshOf(db: Database, conversationId: string, span: Span): Promise<readonly Line[]> {
  const said = await linesOf(db, conversationId, span)
  if (said.length === MOST_LINES) return said
  const { since, until } = span
  const where = { conversationId, direction: "in", retractedAt: null, createdAt: { lte: since }, editedAt: { gt: since, lte: until } }
  const changed = await db.message.findMany({ where, orderBy: { editedAt: "asc" }, take: MOST_LINES })
  const lines = await toLines(db, conversationId, changed)
  const edited = lines.map((line, i) => ({ ...line, at: changed[i]?.editedAt ?? line.at, original: null, edited: true }))
  return [...said, ...edited].sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** What the citizen has said in between. */
async function linesOf(db: Database, conversationId: string, { since, until }: Span): Promise<readonly Line[]> {
  const where = { conversationId, direction: "in", retractedAt: null, createdAt: { gt: since, lte: until } }
  const rows = await db.message.findMany({ where, orderBy: { createdAt: "asc" }, take: MOST_LINES })
  return toLines(db, conversationId, rows)
}

/** The last of what anybody said. */
async function contextOf(db: Database, conversationId: string, until: Date): Promise<readonly Line[]> {
  const where = { conversationId, retractedAt: null, createdAt: { lte: until } }
  const rows = await db.message.findMany({ where, orderBy: { createdAt: "desc" }, take: CONTEXT_LINES })
  return toLines(db, conversationId, rows.reverse())
}

type Said = Pick<
  Awaited<ReturnType<Database["message"]["findMany"]>>[number],
  "direction" | "text" | "quoted" | "externalId" | "staffName" | "createdAt"
>

async function toLines(db: Database, conversationId: string, rows: readonly Said[]): Promise<readonly Line[]> {
  const [first] = rows
  if (!first) return []
  const createdAt = { gt: new Date(first.createdAt.getTime() - MEDIA_SLACK_MS) }
  // Which message a photo came with is not known for certain: then each message is shown whole.
  const media = await db.mediaFile.count({ where: { conversationId, createdAt } })
  return rows.map(({ direction, text, quoted, externalId, staffName, createdAt: at }) => {
    const citizen = direction === "in"
    const original = citizen && (media > 0 || WORDLESS.has(text)) ? externalId : null
    return { at, speaker: citizen ? null : (staffName ?? vi.assistant), text, quoted, original, edited: false }
  })
}

/** What members do: as the desk does it, with who it was in the log. */
function actsOf({ db, desk, uploads, now }: Dependencies): Pick<StaffRoom, "write" | "take" | "handBack"> {
  const by = (kind: string, { room, conversationId, member }: Act) => ({
    staffId: `${room.groupId}.${member.id}`,
    publicName: ON_THE_PLATFORM.heldByName,
    log: (tx: Parameters<typeof appendAudit>[0]) =>
      appendAudit(tx, {
        at: now(),
        kind,
        actorId: `${room.accountId}/${member.id}`,
        actor: member.name,
        subject: `conversation:${conversationId}`,
        details: { channel: room.accountId, group: room.groupId },
      }),
  })
  const take = (act: Act) => desk.take(act.conversationId, { ...by("conversation.taken", act), over: true })
  return {
    take,
    async write({ text, key, enclosed, ...act }) {
      const upload = enclosed ? await uploads.acceptUpload(enclosed.bytes, enclosed.name) : null
      if (upload?.ok === false) return upload
      const letter = { text, idempotencyKey: key, files: upload ? [upload.file] : [] }
      return amongColleagues(act, () => desk.write(act.conversationId, { ...by("conversation.replied", act), ...letter }))
    },
    handBack: (act) => amongColleagues(act, () => desk.handBack(act.conversationId, by("conversation.handed_back", act))),
  }

  /** Colleagues of one group share its topics: whoever of them holds the chat. */
  async function amongColleagues(act: Act, perform: () => Promise<DeskOutcome>): Promise<DeskOutcome> {
    const outcome = await perform()
    if (outcome.ok || outcome.why !== "held_by_another" || !(await heldInGroup(act))) return outcome
    const taken = await take(act)
    return taken.ok ? perform() : taken
  }

  async function heldInGroup({ conversationId, room }: Act): Promise<boolean> {
    const row = await db.conversation.findUnique({ where: { id: conversationId }, select: { heldBy: true } })
    return row?.heldBy?.startsWith(`${room.groupId}.`) ?? false
  }
}
