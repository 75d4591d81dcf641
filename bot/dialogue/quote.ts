import type { Memory } from "./memory.ts"

/** The message that a citizen answers to. */
export interface Quote {
  /** Its words, shortened; personal data masked. */
  readonly text: string
  /** The code of the procedure that it told of. */
  readonly procedure: string | null
}

/** Who quotes an answer speaks of its procedure, whatever was talked about since. */
export function leaningOn(memory: Memory, quote: Quote | null): Memory {
  const code = quote?.procedure ?? null
  if (code === null) return memory
  const before = memory.answer?.procedureCode === code ? memory.answer : {}
  return { ...memory, answer: { ...before, procedureCode: code, turnsSince: 0 } }
}
