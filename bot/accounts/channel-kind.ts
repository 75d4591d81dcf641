import type { z } from "zod"
import type { Logger } from "../logger.ts"
import type { Channel, ChannelKind } from "../message.ts"
import type { StaffRoom } from "../staff-room.ts"
import type { ConversationTexts } from "../texts/conversation.ts"
import type { PhoneBook } from "./phone-book.ts"

/** What an account must never show: tokens, cookies. Rotated ones are written before they are used. */
export interface SecretStore<Secrets> {
  read(): Promise<Secrets>
  /** Resolves after the commit; rejects when somebody else wrote since this store's last `read`. */
  write(secrets: Secrets): Promise<void>
}

/** What a kind of channel needs from outside, besides its account. */
export interface ChannelWorld {
  readonly texts: ConversationTexts
  readonly logger: Logger
  readonly now: () => Date
  /** Numbers that citizens gave to be told of news. */
  readonly phones: PhoneBook
  /** What a group of staff on a platform is told, and what they do from there. */
  readonly room: StaffRoom
}

export interface OpenAccount<Settings, Secrets> {
  readonly accountId: string
  readonly settings: Settings
  readonly secrets: SecretStore<Secrets>
}

/** One way to talk with citizens that staff can set up: one row of the table of kinds. */
export interface ChannelKindDefinition<Settings = unknown, Secrets = unknown> {
  readonly kind: ChannelKind
  /** What staff may see and change; every message is Vietnamese. */
  readonly settings: z.ZodType<Settings>
  /** What is encrypted at rest and never shown again. */
  readonly secrets: z.ZodType<Secrets>
  /** What names the account after the colon of its id ("123456" of "telegram:123456"). */
  accountKey(settings: Settings, secrets: Secrets): string
  /** Loads the platform's library only now. Touches no network. */
  open(account: OpenAccount<Settings, Secrets>, world: ChannelWorld): Promise<Channel>
}

/** A row of the table of kinds; its own schemas have checked what it is handed. */
export interface AnyChannelKind {
  readonly kind: ChannelKind
  readonly settings: z.ZodType
  readonly secrets: z.ZodType
  accountKey(settings: unknown, secrets: unknown): string
  open(account: OpenAccount<unknown, unknown>, world: ChannelWorld): Promise<Channel>
}

/** Hides what settings and secrets a kind has, so that all of them fit one table. */
export function anyKind<Settings, Secrets>(definition: ChannelKindDefinition<Settings, Secrets>): AnyChannelKind {
  const { kind, settings, secrets } = definition
  return {
    kind,
    settings,
    secrets,
    accountKey: (one, other) => definition.accountKey(settings.parse(one), secrets.parse(other)),
    open: ({ accountId, settings: chosen, secrets: store }, world) => {
      const typed: SecretStore<Secrets> = { read: async () => secrets.parse(await store.read()), write: (value) => store.write(value) }
      return definition.open({ accountId, settings: settings.parse(chosen), secrets: typed }, world)
    },
  }
}
