import type { PhoneBook } from "../../accounts/phone-book.ts"
import type { InboundEvent } from "../../message.ts"
import { fold } from "../../../rag/vietnamese/fold.ts"
import { isPhone } from "./api.ts"

interface Dependencies {
  readonly phones: PhoneBook
  /** False while nothing is sent by number: then no number is kept. */
  readonly wanted: boolean
}

const FORGET =
  /^(?:(?:xin|da|vui long|lam on|toi|em|chau|muon|cho|hay|giup) )*(?:xoa|huy|bo) (?:so )?(?:dien thoai|sdt|dt)(?: (?:cua|cho|giup|ho|dum|toi|minh|em|chau|di|ngay|nhe|nha|voi|a))*$/

/**
 * Keeps the numbers that citizens give by Zalo's form, before the event is acknowledged, and forgets them on their word or when
 * they stop following. What comes out says nothing of a number that was not kept.
 */
export function createGivenPhones({ phones, wanted }: Dependencies): (event: InboundEvent) => Promise<InboundEvent> {
  return async (event) => {
    if (event.type === "shared_info") return shared(event)
    if (event.type === "relation" && event.state === "unfollowed") await phones.forget(event.peer)
    if (event.type !== "message" || event.author === "staff" || !asksToForget(event.text)) return event
    const known = await phones.forget(event.peer)
    const { dedupeKey, peer, sentAt } = event
    return known || wanted ? { type: "shared_info", dedupeKey, peer, sentAt } : event
  }

  async function shared(event: Extract<InboundEvent, { type: "shared_info" }>): Promise<InboundEvent> {
    const { phone, name = "", ...rest } = event
    if (wanted && phone !== undefined && isPhone(phone)) {
      await phones.keep(event.peer, { phone, ...(name === "" ? {} : { name }) })
      // What is handed on is stored as it is until it was handled.
      return { ...event, phone: `…${phone.slice(-3)}` }
    }
    return { ...rest, name }
  }
}

function asksToForget(text: string): boolean {
  return FORGET.test(
    fold(text)
      .replace(/[^a-z0-9]+/g, " ")
      .trim(),
  )
}
