import type { ChannelWorld } from "../../bot/accounts/channel-kind.ts"
import type { KnownPhone, PhoneBook } from "../../bot/accounts/phone-book.ts"
import type { StaffRoom } from "../../bot/staff-room.ts"
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

/** Nobody waits for staff, and no topic is known. */
const refused = () => Promise.resolve({ ok: false, why: "no_such_conversation" } as const)
const NO_ROOM: StaffRoom = {
  ...{ write: refused, take: refused, handBack: refused },
  news: () => Promise.resolve([]),
  keepTopic: () => Promise.resolve(),
  told: () => Promise.resolve(),
  fateOf: () => Promise.resolve(null),
  conversationOf: () => Promise.resolve(null),
  maxFileBytes: 0,
}

/** What channels are opened with, without a house behind it. */
export function channelWorld(given: Partial<ChannelWorld> = {}): ChannelWorld {
  return { texts, logger: silent, now: () => new Date(), phones: rememberedPhones(), room: NO_ROOM, ...given }
}
