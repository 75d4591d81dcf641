import type { ApiMethods, Update } from "grammy/types"
import type { Refused } from "./limits.ts"
import type { Answer, Body } from "./platform.ts"

export const GROUP = -1001234567890

export interface Topic {
  readonly id: number
  readonly name: string
  closed: boolean
  deleted: boolean
  readonly posts: { readonly messageId: number; readonly text: string; readonly copyOf?: number }[]
}

const bad = (what: string): Refused => ({ code: 400, description: `Bad Request: ${what}` })

/** A supergroup with topics, as the Bot API behaves there: no method lists topics, and all of them share one limit. */
export function createForum() {
  const topics: Topic[] = []
  const members = new Map<number, string>()
  const said = new Map<string, string>()
  /** When something was posted, and how much may be within how long. */
  const posted: number[] = []
  const rules = { messages: 20, withinMs: 60_000, mayManage: true, isForum: true, refused: 0, now: () => Date.now() }

  const isGroup = (body: Body) => String(body["chat_id"]) === String(GROUP)
  const topicOf = (body: Body) => topics.find(({ id, deleted }) => id === body["message_thread_id"] && !deleted)
  const flood = (): Refused | null => {
    const now = rules.now()
    if (posted.filter((at) => at > now - rules.withinMs).length < rules.messages) return null
    rules.refused += 1
    return { code: 429, description: "Too Many Requests: retry after 1", retryAfter: 1 }
  }
  const fault = (body: Body): Refused | null => {
    if (!isGroup(body)) return null
    if (body["message_thread_id"] === undefined) return flood()
    const topic = topicOf(body)
    if (!topic) return bad("message thread not found")
    return topic.closed ? bad("TOPIC_CLOSED") : flood()
  }
  const shows = (body: Body, post: Topic["posts"][number]) => {
    if (!isGroup(body)) return
    posted.push(rules.now())
    topicOf(body)?.posts.push(post)
  }
  const methods = (nextId: () => number): Partial<Record<keyof ApiMethods, (body: Body) => Answer>> => ({
    createForumTopic: (body) => {
      if (!rules.isForum) return bad("the chat is not a forum")
      if (!rules.mayManage) return bad("not enough rights to create a topic")
      const name = String(body["name"])
      if (name.length < 1 || name.length > 128) return bad("TOPIC_NAME_INVALID")
      const refused = flood()
      if (refused) return refused
      posted.push(rules.now())
      const topic = { id: nextId(), name, closed: false, deleted: false, posts: [] }
      topics.push(topic)
      return { result: { message_thread_id: topic.id, name, icon_color: 7322096 } }
    },
    reopenForumTopic: (body) => {
      const topic = topicOf(body)
      if (!topic) return bad("message thread not found")
      if (!topic.closed) return bad("TOPIC_NOT_MODIFIED")
      topic.closed = false
      posted.push(rules.now())
      return { result: true }
    },
    copyMessage: (body) => {
      const original = said.get(`${String(body["from_chat_id"])}/${String(body["message_id"])}`)
      const refused = fault(body)
      if (refused) return refused
      if (original === undefined) return bad("message to copy not found")
      const messageId = nextId()
      shows(body, { messageId, text: original, copyOf: Number(body["message_id"]) })
      return { result: { message_id: messageId } }
    },
    getChatMember: (body) => {
      const status = members.get(Number(body["user_id"]))
      return status === undefined
        ? bad("PARTICIPANT_ID_INVALID")
        : { result: { status, user: { id: body["user_id"], is_bot: false, first_name: "" } } }
    },
  })
  return {
    /** What was posted within the last minute, as the rules have it. */
    recent: () => posted.filter((at) => at > rules.now() - rules.withinMs).length,
    topics,
    members,
    rules,
    said,
    fault,
    shows,
    methods,
    /** What citizens wrote can be copied from there. */
    notes: ({ message }: Update) => {
      if ((message?.chat as { type?: string } | undefined)?.type === "private" && message)
        said.set(`${message.chat.id}/${message.message_id}`, message.text ?? message.caption ?? "")
    },
  }
}
