import { textWithAddresses } from "../../body.ts"
import { type Channel, PLAIN_TEXT } from "../../message.ts"
import { numbered } from "../../numbered.ts"
import type { ConversationTexts } from "../../texts/conversation.ts"
import { printable } from "./printable.ts"

interface Dependencies {
  readonly accountId: string
  readonly texts: Pick<ConversationTexts, "chooseByNumber">
  readonly write: (text: string) => void
}

/** The terminal as a channel: one citizen who sits at this machine; choices are numbers. */
export function createTerminalChannel({ accountId, texts, write }: Dependencies): Channel {
  return {
    accountId,
    capabilities: PLAIN_TEXT,
    disclosesAi: false,
    resendIsHarmless: true,
    exclusive: false,
    start(sink) {
      sink.health({ state: "online" })
      return Promise.resolve()
    },
    stop: () => Promise.resolve(),
    send({ body, choices }) {
      write(`${printable(textWithAddresses([...body, ...numbered(body, choices, texts.chooseByNumber)]))}\n\n`)
      return Promise.resolve({ ok: true, partsSent: 1 })
    },
  }
}
