import type { CounterpartKind } from "./counterpart.ts"
import { telegramCounterpart, telegramWebhookCounterpart } from "./telegram/counterpart.ts"
import { telegramTestApiCounterpart } from "./telegram/test-api.ts"
import { webCounterpart } from "./web/counterpart.ts"
import { zaloBotCounterpart, zaloBotWebhookCounterpart } from "./zalo-bot/counterpart.ts"
import { zaloOaCounterpart } from "./zalo-oa/counterpart.ts"
import { zaloPersonalCounterpart } from "./zalo-personal/counterpart.ts"

/** Every channel, each against its platform's other side; a channel with two doors stands here twice. */
export const COUNTERPARTS: readonly CounterpartKind[] = [
  webCounterpart,
  telegramCounterpart,
  telegramWebhookCounterpart,
  telegramTestApiCounterpart,
  zaloOaCounterpart,
  zaloBotCounterpart,
  zaloBotWebhookCounterpart,
  zaloPersonalCounterpart,
]
