import { type Api, GrammyError } from "grammy"
import type { News, Room, StaffRoom } from "../../../staff-room.ts"
import { staffRoomTexts as texts } from "../../../texts/staff-room.ts"
import type { HealthBoard } from "../../health-board.ts"
import { rest } from "../../pace.ts"
import { type Signal, within } from "../api.ts"
import { createAllowance } from "./allowance.ts"
import { type Part, partsOf } from "./parts.ts"

interface Dependencies {
  readonly api: Api
  readonly room: Room
  readonly staff: StaffRoom
  readonly now: () => Date
  /** How often it is looked for news. */
  readonly everyMs: number
}

export interface Mirror {
  /** Tells staff something in a topic, with the next news. */
  say(topicId: string, text: string): void
  /** Tells staff when what they wrote does not arrive. */
  follow(topicId: string, key: string): void
  /** Mirrors until the signal is aborted; never rejects. */
  run(board: HealthBoard, signal: AbortSignal): Promise<void>
}

type Sent = "sent" | "no_topic"

const DEADLINE_MS = 15_000
const MAX_NOTICES = 100
const AGAIN_MS = 30_000
const GONE = /thread not found|TOPIC_DELETED|TOPIC_ID_INVALID/i
const CLOSED = /TOPIC_CLOSED/i
const NO_ORIGINAL = /message to copy not found|message can't be copied|MESSAGE_ID_INVALID/i
const clock = new Intl.DateTimeFormat("vi-VN", {
  ...{ timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit" },
})

/** The group is over its limit for this minute: what is left waits, and grows together meanwhile. */
class GroupFullError extends Error {}

/**
 * Copies what waits for staff into topics of their group. What was told stands in the memory, so nothing is lost while the group
 * cannot be reached; a part whose arrival is not known is told again, because staff mind that less than a gap.
 */
export function createMirror(dependencies: Dependencies): Mirror {
  const { staff, room, everyMs } = dependencies
  const post = createPost(dependencies)
  const { say, follow, tellAll } = createNotices(staff, post)

  const tell = async (news: News, signal: AbortSignal) => {
    const { conversationId } = news
    // A topic that is gone is not made anew only to say that nothing is to be done there.
    if (news.kind === "ends" && news.topicId === null) return staff.told(conversationId, { upTo: news.upTo, open: false })
    const topicId = news.topicId ?? (await post.open(news, within(DEADLINE_MS, signal)))
    if (news.topicId === null) await staff.keepTopic(room, { conversationId, topicId })
    for (const part of partsOf(news)) {
      const sent = await post.part({ topicId, peerId: news.peerId }, part, within(DEADLINE_MS, signal))
      // Staff deleted the topic: the next look finds none and makes another one, with all that is untold.
      if (sent === "no_topic") return staff.keepTopic(room, { conversationId, topicId: null })
      if (part.upTo) await staff.told(conversationId, { upTo: part.upTo, open: true })
    }
    return staff.told(conversationId, { upTo: news.upTo, open: news.kind !== "ends" })
  }
  const look = async (signal: AbortSignal) => {
    await tellAll(signal)
    for (const news of await staff.news(room)) if (!signal.aborted) await tell(news, signal)
  }
  return {
    say,
    follow,
    async run(board, signal) {
      while (!signal.aborted) {
        const pause = await look(signal).then(
          () => (board.well("forum"), everyMs),
          (error: unknown) => (signal.aborted ? 0 : pauseAfter(error, { board, everyMs })),
        )
        await rest(pause, signal)
      }
    },
  }
}

/** What staff are told of their own words; of no use after a restart, so the process alone remembers it. */
function createNotices(staff: StaffRoom, post: Pick<ReturnType<typeof createPost>, "text">) {
  const notices: { readonly topicId: string; readonly text: string }[] = []
  const followed = new Map<string, string>()
  const say: Mirror["say"] = (topicId, text) => {
    if (notices.length < MAX_NOTICES) notices.push({ topicId, text })
  }
  const follow: Mirror["follow"] = (topicId, key) => {
    if (followed.size < MAX_NOTICES) followed.set(key, topicId)
  }
  const look = async () => {
    for (const [key, topicId] of followed) {
      const fate = await staff.fateOf(key)
      if (fate !== null) followed.delete(key)
      if (fate === "failed" || fate === "unknown") say(topicId, texts.fates[fate])
    }
  }
  return {
    say,
    follow,
    tellAll: async (signal: AbortSignal) => {
      await look()
      for (let next = notices[0]; next; next = notices[0]) {
        await post.text(next.topicId, next.text, within(DEADLINE_MS, signal))
        notices.shift()
      }
    },
  }
}

/** Tells staff what keeps the group from being used, and how long to wait. */
function pauseAfter(error: unknown, { board, everyMs }: { board: HealthBoard; everyMs: number }): number {
  if (error instanceof GroupFullError) return everyMs
  if (!(error instanceof GrammyError)) {
    board.fault("forum", { state: "degraded", reason: texts.faults.away })
    return Math.max(everyMs, AGAIN_MS / 10)
  }
  const { error_code: code, parameters, description } = error
  if (code === 429) return (parameters.retry_after ?? 1) * 1000
  if (code !== 400 && code !== 403) board.fault("forum", { state: "degraded", reason: texts.faults.away })
  else board.fault("forum", { state: "needs_human", why: "bad_settings", reason: texts.faults.unusable(description) })
  return Math.max(everyMs, AGAIN_MS)
}

/** Telegram's methods for topics, within what a group takes. */
function createPost({ api, room: { groupId }, now }: Dependencies) {
  const allowance = createAllowance(now)
  const paced = <T>(call: () => Promise<T>): Promise<T> => {
    if (!allowance.take()) throw new GroupFullError()
    return call()
  }
  const inTopic = async (topicId: string, signal: Signal, send: () => Promise<unknown>): Promise<Sent> => {
    try {
      await paced(send)
    } catch (error) {
      if (saying(error, GONE)) return "no_topic"
      if (!saying(error, CLOSED)) throw error
      await paced(() => api.reopenForumTopic(groupId, Number(topicId), signal))
      await paced(send)
    }
    return "sent"
  }
  const text = (topicId: string, words: string, signal: Signal) => {
    const options = { message_thread_id: Number(topicId), link_preview_options: { is_disabled: true } }
    return inTopic(topicId, signal, () => api.sendMessage(groupId, words, options, signal))
  }
  return {
    text,
    /** Makes a topic; resolves to its id. */
    async open({ peerId }: News, signal: Signal): Promise<string> {
      const name = texts.topic({ peerId, when: clock.format(now()) })
      const { message_thread_id: id } = await paced(() => api.createForumTopic(groupId, name, {}, signal))
      return String(id)
    },
    async part({ topicId, peerId }: { topicId: string; peerId: string }, part: Part, signal: Signal): Promise<Sent> {
      if (part.kind === "text") return text(topicId, part.text, signal)
      const copy = () => api.copyMessage(groupId, peerId, Number(part.original), { message_thread_id: Number(topicId) }, signal)
      return inTopic(topicId, signal, copy).catch((error: unknown) => {
        if (saying(error, NO_ORIGINAL)) return text(topicId, part.instead, signal)
        throw error
      })
    },
  }
}

function saying(error: unknown, words: RegExp): boolean {
  return error instanceof GrammyError && words.test(error.description)
}
