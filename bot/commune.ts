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

/** How many days the commune has told its people that their data is kept; null when it has published nothing. */
export function promisedDays({ base }: Pick<LiveKnowledge, "base">): number | null {
  const notice = base.notices.find(({ kind }) => kind === "data_protection")
  return notice?.kind === "data_protection" ? notice.retentionDays : null
}

/** What the chat page shows before the first question. */
export function webInfoOf(live: LiveKnowledge): WebInfo {
  const { name, hotline, hours, disclosure } = communeOf(live)
  const days = promisedDays(live)
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
