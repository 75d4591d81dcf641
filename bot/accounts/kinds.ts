import type { ChannelKind } from "../message.ts"
import { zaloBotKind } from "../channels/zalo-bot/kind.ts"
import { zaloOaKind } from "../channels/zalo-oa/kind.ts"
import { zaloPersonalKind } from "../channels/zalo-personal/kind.ts"
import { telegramKind } from "../channels/telegram/kind.ts"
import { type AnyChannelKind, anyKind } from "./channel-kind.ts"

/** Every kind of channel that staff can set up. Adding one means adding its row. */
export const CHANNEL_KIND_TABLE: ReadonlyMap<ChannelKind, AnyChannelKind> = new Map(
  [anyKind(telegramKind), anyKind(zaloOaKind), anyKind(zaloBotKind), anyKind(zaloPersonalKind)].map((kind) => [kind.kind, kind]),
)
