import type { Channel } from "../../message.ts"
import type { ZaloOaSettings } from "./account.ts"

const HOUR_MS = 3_600_000

/** An Official Account may answer for some hours after a citizen's last message, and some messages of that are free. */
export function windowOf({ windowHours, freeReplies }: ZaloOaSettings): NonNullable<Channel["window"]> {
  return ({ lastCitizenAt, sentSince, now }) => {
    const open = lastCitizenAt !== null && now.getTime() - lastCitizenAt.getTime() <= windowHours * HOUR_MS
    if (!open) return { kind: "window_closed", detail: `more than ${windowHours} hours since the citizen wrote` }
    if (sentSince >= freeReplies) return { kind: "quota_exhausted", detail: `${freeReplies} replies since the citizen wrote` }
    return null
  }
}
