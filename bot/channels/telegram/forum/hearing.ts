import { type Api, GrammyError } from "grammy"
import type { Message, Update, User } from "grammy/types"
import type { InboundMedia, MediaKind } from "../../../message.ts"
import type { Member, Room, StaffRoom } from "../../../staff-room.ts"
import { staffRoomTexts as texts } from "../../../texts/staff-room.ts"
import { within } from "../api.ts"
import { contentOf, isReport } from "../content.ts"
import { type FetchFile, fetchEnclosed } from "./enclosed.ts"
import type { Mirror } from "./mirror.ts"

interface Dependencies {
  readonly api: Api
  readonly room: Room
  readonly staff: StaffRoom
  readonly mirror: Pick<Mirror, "say" | "follow">
  readonly fetchFile: FetchFile
  readonly now: () => Date
}

interface Word {
  readonly updateId: number
  readonly topicId: string
  readonly message: Message
}

const DEADLINE_MS = 15_000
const KNOWN_FOR_MS = 5 * 60_000
const COMMAND = /^\/([a-z_]+)(?:@\w+)?\s*$/i
/** What goes to citizens besides words. */
const PASSED_ON: ReadonlySet<MediaKind> = new Set<MediaKind>(["image", "file"])
const MEMBERS = new Set(["creator", "administrator", "member"])

/** True for what happens in the group of staff. */
export function isOf({ groupId }: Room, { message, edited_message: edited, my_chat_member: member }: Update): boolean {
  return String((message ?? edited ?? member)?.chat.id) === groupId
}

/**
 * Hears what staff write in topics: their words, photos and files go to the citizen of the topic, in the transaction that also takes the chat over.
 * General, other topics and what Telegram itself reports are nobody's business. Rejects when it could not be written down.
 */
export function createHearing({
  api,
  room,
  staff,
  mirror,
  now,
  fetchFile,
}: Dependencies): (update: Update, signal: AbortSignal) => Promise<void> {
  const isMember = createMembership({ api, room, now })
  return async (update, signal) => {
    const word = wordIn(update)
    const conversationId = word ? await staff.conversationOf(room, word.topicId) : null
    if (!word || conversationId === null) return
    const member = memberOf(word.message)
    if (!member) return
    const act = { room, conversationId, member }
    const reply = (await isMember(word.message, signal)) ? await heard({ ...word, staff, mirror, act, fetchFile, signal }) : texts.noMember
    if (reply !== null) mirror.say(word.topicId, reply)
  }
}

interface Heard extends Word {
  readonly staff: StaffRoom
  readonly mirror: Pick<Mirror, "follow">
  readonly fetchFile: FetchFile
  readonly signal: AbortSignal
  readonly act: { readonly room: Room; readonly conversationId: string; readonly member: Member }
}

type Command = (heard: Heard) => Promise<string | null>

const COMMANDS: Readonly<Record<string, Command>> = {
  async nhan({ staff, act }) {
    const outcome = await staff.take(act)
    return outcome.ok ? texts.taken : texts.refused[outcome.why]
  },
  async xong({ staff, act }) {
    // That the assistant goes on is told with the news.
    const outcome = await staff.handBack(act)
    return outcome.ok ? null : texts.refused[outcome.why]
  },
}

/** Does what was written; resolves to what the writer has to know, null when all is well. */
async function heard(given: Heard): Promise<string | null> {
  const { text, media: [file] = [] } = contentOf(given.message)
  if (file ? !PASSED_ON.has(file.kind) : given.message.text === undefined) return texts.onlyThese
  const command = COMMAND.exec(text.trim())?.[1]?.toLowerCase()
  if (command !== undefined && file) return texts.commandAlone
  if (command !== undefined) return (COMMANDS[command] ?? (() => Promise.resolve(texts.unknownCommand)))(given)
  const { mirror, act, updateId, topicId } = given
  const key = `${act.room.accountId}/update:${updateId}`
  const outcome = await written(given, { text, key, file })
  if (outcome.ok) mirror.follow(topicId, key)
  return outcome.ok ? null : texts.refused[outcome.why]
}

async function written(
  { staff, act, fetchFile, signal }: Heard,
  { file, ...words }: { text: string; key: string; file?: InboundMedia | undefined },
) {
  if (!file) return staff.write({ ...act, ...words })
  const { source, name = null, bytes: size = 0 } = file
  if (size > staff.maxFileBytes) return { ok: false, why: "too_large" } as const
  const sent = (bytes: AsyncIterable<Uint8Array>) => staff.write({ ...act, ...words, enclosed: { bytes, name } })
  const fetched = await fetchEnclosed((until) => fetchFile(source, until), sent, signal)
  return fetched.ok ? fetched.done : fetched
}

function wordIn({ update_id: updateId, message }: Update): Word | null {
  // General has no thread; a reply elsewhere has one that is no topic.
  if (!message || message.is_topic_message !== true || message.message_thread_id === undefined || isReport(message)) return null
  return { updateId, message, topicId: String(message.message_thread_id) }
}

/** Null: a bot, or a channel that is connected with the group. Administrators may write in the group's own name. */
function memberOf({ from, sender_chat: as, chat }: Message): Member | null {
  if (as) return as.id === chat.id ? { id: "group", name: `${as.title ?? "Nhóm cán bộ"} (ẩn danh)` } : null
  return from && !from.is_bot ? { id: String(from.id), name: nameOf(from) } : null
}

function nameOf({ id, first_name: first, last_name: last, username }: User): string {
  const name = [first, last].filter((part) => part !== undefined && part !== "").join(" ")
  return `${name === "" ? String(id) : name}${username === undefined ? "" : ` (@${username})`} – Telegram`
}

/** In a public group anybody may write: only members count. Who was a member a moment ago is not asked for again. */
function createMembership({ api, room: { groupId }, now }: Pick<Dependencies, "api" | "room" | "now">) {
  const known = new Map<number, number>()
  return async ({ from, sender_chat: as }: Message, signal: AbortSignal): Promise<boolean> => {
    if (as || !from) return true
    if ((known.get(from.id) ?? 0) > now().getTime()) return true
    const found = await api.getChatMember(groupId, from.id, within(DEADLINE_MS, signal)).catch(noMember)
    const is = found !== null && (MEMBERS.has(found.status) || (found.status === "restricted" && found.is_member))
    if (is) known.set(from.id, now().getTime() + KNOWN_FOR_MS)
    return is
  }
}

/** Telegram knows of no such person there; what else went wrong is asked again with the same message. */
function noMember(error: unknown): null {
  if (error instanceof GrammyError && error.error_code === 400) return null
  throw error
}
