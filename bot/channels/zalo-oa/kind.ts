import type { ChannelKindDefinition } from "../../accounts/channel-kind.ts"
import { zaloOaSecrets, type ZaloOaSecrets, zaloOaSettings, type ZaloOaSettings } from "./account.ts"

/** Zalo Official Account: the production channel for Zalo. */
export const zaloOaKind: ChannelKindDefinition<ZaloOaSettings, ZaloOaSecrets> = {
  kind: "zalo_oa",
  settings: zaloOaSettings,
  secrets: zaloOaSecrets,
  accountKey: ({ oaId }) => oaId,
  async open(account, world) {
    const { createZaloOaChannel } = await import("./channel.ts")
    return createZaloOaChannel({ ...account, ...world })
  },
}
