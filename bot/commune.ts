import type { LiveKnowledge } from "../rag/live.ts"
import type { WebInfo } from "./channels/web/channel.ts"
import type { Commune } from "./texts/conversation.ts"
import { communeTexts } from "./texts/commune.ts"

const MAX_LENGTH = 4000

/** What the conversation says of the commune that it speaks for: its published notices, never anything else. */
export function communeOf({ base, way }: LiveKnowledge): Commune {
  const name = communeTexts.authority(base.home?.commune ?? null)
  return { name, hotline: way.hotline, hours: way.hours, disclosure: communeTexts.disclosure(name) }
}

/** What the chat page shows before the first question. */
export function webInfoOf(live: LiveKnowledge): WebInfo {
  const { name, hotline, hours, disclosure } = communeOf(live)
  const retention = live.base.notices.find((n) => n.kind === "data_protection")
  const days = retention?.kind === "data_protection" ? retention.retentionDays : null
  return {
    commune: name,
    demo: live.base.demo,
    disclosure: `${disclosure}\n${communeTexts.privacy(days)}`,
    hotline,
    hours,
    examples: communeTexts.examples,
    maxLength: MAX_LENGTH,
  }
}
