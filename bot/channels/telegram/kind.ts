import type { ChannelKindDefinition } from "../../accounts/channel-kind.ts"
import { botIdOf, telegramSecrets, type TelegramSecrets, telegramSettings, type TelegramSettings } from "./account.ts"

/** A Telegram bot. */
export const telegramKind: ChannelKindDefinition<TelegramSettings, TelegramSecrets> = {
  kind: "telegram",
  settings: telegramSettings,
  secrets: telegramSecrets,
  accountKey: (_settings, { token }) => botIdOf(token),
  async open({ accountId, settings, secrets }, world) {
    const { createTelegramChannel } = await import("./channel.ts")
    return createTelegramChannel({ accountId, ...settings, ...(await secrets.read()), ...world })
  },
}
