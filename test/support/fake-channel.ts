import { textOf } from "../../bot/body.ts"
import { type Channel, type InboundEvent, type OutboundMessage, PLAIN_TEXT, type SendOutcome, type Sink } from "../../bot/message.ts"

export interface FakeChannel {
  readonly channel: Channel
  /** Every try to send, in order. */
  readonly tries: {
    readonly to: string
    readonly text: string
    readonly message: OutboundMessage
    readonly partsSent: number
  }[]
  /** What the next tries come to; afterwards all goes well. */
  readonly outcomes: (SendOutcome | Promise<SendOutcome>)[]
  sink(): Sink
}

/** A channel without a platform behind it: remembers what was to be sent. */
export function fakeChannel(given: Partial<Channel> = {}): FakeChannel {
  const tries: FakeChannel["tries"] = []
  const outcomes: FakeChannel["outcomes"] = []
  let opened: Sink | null = null
  const channel: Channel = {
    accountId: "telegram:1",
    capabilities: { ...PLAIN_TEXT, buttons: { max: 10, maxLabel: 60, maxPayloadBytes: 64 } },
    exclusive: false,
    disclosesAi: true,
    resendIsHarmless: false,
    start: (sink) => {
      opened = sink
      return Promise.resolve()
    },
    stop: () => Promise.resolve(),
    send: async (message, partsSent) => {
      tries.push({ to: message.to.peerId, text: textOf(message.body), message, partsSent })
      return (await outcomes.shift()) ?? { ok: true, partsSent: 1 }
    },
    ...given,
  }
  const sink = () => {
    if (!opened) throw new Error("The channel was not started")
    return opened
  }
  return { channel, tries, outcomes, sink }
}

let count = 0

/** A citizen's text message. */
export function says(peerId: string, text: string, given: { dedupeKey?: string; accountId?: string; sentAt?: Date } = {}): InboundEvent {
  const { dedupeKey = `key-${(count += 1)}`, accountId = "telegram:1", sentAt = new Date() } = given
  return { type: "message", text, dedupeKey, peer: { accountId, peerId }, sentAt }
}
