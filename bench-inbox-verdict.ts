import type { Handed, Sending } from "./bench-platform.ts"

export interface Evidence {
  readonly handed: readonly Handed[]
  readonly sendings: readonly Sending[]
  /** The answer to each question, word for word. */
  readonly answers: ReadonlyMap<string, string>
  /** Updates whose answer was being sent when the product died: whether it arrived is not known to it. */
  readonly unknown: ReadonlySet<number>
  /** Updates that are stored and not yet answered: late, not lost. */
  readonly waiting: ReadonlySet<number>
  /** What the conversation says beside answers: the introduction. */
  readonly courtesies: ReadonlySet<string>
}

/** What became of the messages by the platform's own log. */
export interface Verdict {
  readonly accepted: number
  readonly answered: number
  /** Accepted, never answered, and neither among the unknown nor among those that wait. */
  readonly lost: number
  readonly waiting: number
  /** Answers and courtesies that came twice, the unknown left out. */
  readonly twice: number
  readonly unknown: number
  readonly unknownArrived: number
  readonly unknownTwice: number
  /** Answers that overtook an earlier one of their chat. */
  readonly disordered: number
  /** Sent, but an answer to nothing that was asked. */
  readonly strange: number
  /** Milliseconds from the confirmation to the answer, and from the citizen's writing to it. */
  readonly fromAccepted: readonly number[]
  readonly fromSaid: readonly number[]
}

interface Reply {
  readonly handed: Handed
  readonly at: number
}

/** Holds what was sent against what was handed in. A chat asks each question at most once, so an answer tells its question. */
export function judge({ handed, sendings, answers, unknown, waiting, courtesies }: Evidence): Verdict {
  const asked = new Map(handed.map((one) => [keyOf(one.chatId, answers.get(one.text) ?? ""), one]))
  const told = [...answers.values()]
  const replies: Reply[] = []
  const others: Sending[] = []
  for (const sending of sendings) {
    const one = asked.get(keyOf(sending.chatId, told.find((text) => sending.text.startsWith(text)) ?? sending.text))
    if (one) replies.push({ handed: one, at: sending.at })
    else others.push(sending)
  }
  const times = new Map<number, Reply[]>()
  for (const reply of replies) times.set(reply.handed.updateId, [...(times.get(reply.handed.updateId) ?? []), reply])
  const accepted = handed.filter(({ acceptedAt }) => acceptedAt !== null)
  const answered = accepted.filter(({ updateId }) => times.has(updateId))
  const twice = [...times].filter(([, given]) => given.length > 1).map(([updateId]) => updateId)
  const courteous = others.filter(({ text }) => courtesies.has(text))
  return {
    accepted: accepted.length,
    answered: answered.length,
    lost: accepted.filter(({ updateId: id }) => !times.has(id) && !unknown.has(id) && !waiting.has(id)).length,
    waiting: waiting.size,
    twice: twice.filter((id) => !unknown.has(id)).length + repeated(courteous),
    unknown: unknown.size,
    unknownArrived: [...unknown].filter((id) => times.has(id)).length,
    unknownTwice: twice.filter((id) => unknown.has(id)).length,
    disordered: disordered(replies),
    strange: others.length - courteous.length,
    fromAccepted: answered.map((one) => Math.max(0, firstOf(times, one) - (one.acceptedAt ?? Infinity))),
    fromSaid: answered.map((one) => firstOf(times, one) - one.saidAt),
  }
}

const keyOf = (chatId: number, answer: string) => JSON.stringify([chatId, answer])

const firstOf = (times: ReadonlyMap<number, readonly Reply[]>, { updateId }: Handed) => times.get(updateId)?.[0]?.at ?? Infinity

const repeated = (sendings: readonly Sending[]) => sendings.length - new Set(sendings.map(({ chatId, text }) => keyOf(chatId, text))).size

function disordered(replies: readonly Reply[]): number {
  const latest = new Map<number, number>()
  return replies.filter(({ handed: { chatId, updateId } }) => {
    const before = latest.get(chatId) ?? -1
    latest.set(chatId, Math.max(before, updateId))
    return updateId < before
  }).length
}
