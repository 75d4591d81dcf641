import type { ChannelWorld } from "../../bot/accounts/channel-kind.ts"
import type { KnownPhone, PhoneBook } from "../../bot/accounts/phone-book.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { silent } from "./house.ts"

/** Numbers kept by the process alone; what stands in `known` is what citizens gave. */
export function rememberedPhones(known = new Map<string, KnownPhone>()): PhoneBook {
  return {
    keep: ({ peerId }, given) => Promise.resolve(void known.set(peerId, given)),
    find: ({ peerId }) => Promise.resolve(known.get(peerId) ?? null),
    forget: ({ peerId }) => Promise.resolve(known.delete(peerId)),
  }
}

/** What channels are opened with, without a house behind it. */
export function channelWorld(given: Partial<ChannelWorld> = {}): ChannelWorld {
  return { texts, logger: silent, now: () => new Date(), phones: rememberedPhones(), ...given }
}
