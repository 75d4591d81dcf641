import { isDeepStrictEqual } from "node:util"
import type { KnowledgeItem } from "../item.ts"

/** What citizens pay and how long they wait, by way of handing in. */
function figuresOf(item: KnowledgeItem | null): unknown {
  if (item?.kind !== "procedure") return { methods: [], sameDay: false }
  const { methods, sameDay } = item.body
  const told = methods.filter(({ fees, time }) => fees.length > 0 || time !== null)
  return { methods: told.map(({ channel, fees, time }) => ({ channel, fees, time })), sameDay }
}

/** True when a fee or a time limit would be told otherwise, or for the first time. */
export const touchesFigures = (before: KnowledgeItem | null, after: KnowledgeItem): boolean =>
  !isDeepStrictEqual(figuresOf(before), figuresOf(after))

interface Hands {
  readonly createdBy: string
  readonly changedBy: { readonly id: string }
}

/**
 * Who, of those who may publish, may publish a draft that touches figures: neither the last hand on it nor whoever began it.
 * Where only these two may publish, whoever began it is the second person to the last hand; who is alone publishes alone.
 */
export function secondPersons({ createdBy, changedBy }: Hands, publishers: readonly string[]): readonly string[] {
  if (publishers.length < 2) return publishers
  const others = publishers.filter((id) => id !== changedBy.id)
  const strangers = others.filter((id) => id !== createdBy)
  return strangers.length > 0 ? strangers : others
}
