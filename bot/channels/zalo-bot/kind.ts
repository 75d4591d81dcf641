import type { ChannelKindDefinition } from "../../accounts/channel-kind.ts"
import { botIdOf, zaloBotSecrets, type ZaloBotSecrets, zaloBotSettings, type ZaloBotSettings } from "./account.ts"

/** A bot on Zalo's Bot Platform: for trying out, for a helper of a hamlet, or until the Official Account is verified. */
export const zaloBotKind: ChannelKindDefinition<ZaloBotSettings, ZaloBotSecrets> = {
  kind: "zalo_bot",
  settings: zaloBotSettings,
  secrets: zaloBotSecrets,
  accountKey: (_settings, secrets) => botIdOf(secrets),
  async open({ accountId, settings, secrets }, world) {
    const { createZaloBotChannel } = await import("./channel.ts")
    return createZaloBotChannel({ accountId, settings, secrets: await secrets.read(), ...world })
  },
}
