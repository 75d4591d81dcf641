import type { Capabilities, Channel } from "../../../bot/message.ts"
import type { Counterpart, CounterpartKind } from "../counterpart.ts"
import { openWorld, type GiveAnswer, type World } from "./world.ts"

/** One edge case of talking over a platform, told once for every channel. */
export interface Case {
  readonly number: number
  readonly title: string
  /** Why it does not apply to this channel; null when it does. */
  readonly skip: (counterpart: Counterpart, capabilities: Capabilities) => string | null
  readonly run: (kind: CounterpartKind) => Promise<void>
}

type Ability = { [Key in keyof Counterpart]-?: undefined extends Counterpart[Key] ? Key : never }[keyof Counterpart]

interface Telling {
  /** What the platform must be able to do. */
  readonly needs?: readonly Ability[]
  readonly when?: (capabilities: Capabilities, channel: Channel) => boolean
  /** What the assistant answers; left out: it repeats the question. */
  readonly answers?: GiveAnswer
}

/** A case that is told of one world. */
export function aCase(number: number, title: string, telling: Telling & { readonly story: (world: World) => Promise<void> }): Case {
  const { needs = [], when = () => true, answers, story } = telling
  return {
    number,
    title,
    skip: (counterpart, capabilities) =>
      needs.some((ability) => counterpart[ability] === undefined) || !when(capabilities, counterpart.channel) ? "nền tảng không có" : null,
    run: async (kind) => story(await openWorld(kind, answers)),
  }
}

/** Fails when an ability that the case has asked for is missing after all. */
export function able<Value>(ability: Value | undefined): Value {
  if (ability === undefined) throw new Error("The platform cannot do this")
  return ability
}
