import type { Field } from "../types.ts"
import type { Reading } from "./reading.ts"

/** Questions of one message that are answered side by side; more would be a wall of text. */
const MAX_PARTS = 3
/** A clause of so few words of its own only completes the one before it. */
const OWN_WORDS = 2
/** Messages longer than this tell a story around their question. */
const STORY_TOKENS = 12

/** Where a clause ends. */
const MARKS = /[.?!;\n]+(?=\s|$)|,(?=\s)|\s\+\s/gu
/** Words that join one matter to the next; within a name or a story they join anything. */
const JOINTS = /[.?!;\n]+(?=\s|$)|,(?=\s)|\s\+\s|\s(?=(?:và|va|với|voi|còn|với lại|voi lai|ngoài ra|ngoai ra|đồng thời|dong thoi)\s)/giu
const JOINING = /^(?:(?:và|va|với|voi|còn|lại|lai|ngoài ra|ngoai ra|đồng thời|dong thoi|thế|the|cho (?:tôi |em |mình )?hỏi)\s+)+/iu

interface Clause {
  readonly text: string
  readonly fields: readonly Field[]
  /** It says of which matter it speaks. */
  readonly names: boolean
}

/**
 * The questions of a message that ask of different matters, each with its own words, in order; at most three. A message
 * with one question, however long its story, is one part.
 */
export function questionsOf(message: string, read: (text: string) => Reading): readonly string[] {
  const segments: Clause[][] = [[]]
  const clauses = clausesOf(message.split(JOINTS), read)
  clauses.forEach((clause, i) => {
    const segment = segments.at(-1) ?? []
    const next = clauses[i + 1]
    const asksHere = clause.fields.length > 0 || (next !== undefined && next.fields.length > 0 && !next.names)
    if (isWhole(segment) && clause.names && asksHere) segments.push([clause])
    else segment.push(clause)
  })
  const whole = segments.filter(isWhole)
  return whole.length < 2 ? [message] : whole.slice(0, MAX_PARTS).map((segment) => segment.map((c) => c.text).join(", "))
}

/** The clauses of a long message that ask, without its story; null when the message is short or nothing in it asks. */
export function askingPart(message: string, read: (text: string) => Reading): string | null {
  if (read(message).tokens.length < STORY_TOKENS) return null
  const clauses = clausesOf(message.split(MARKS), read)
  const asking = clauses.filter((clause) => clause.fields.length > 0)
  return asking.some((clause) => clause.names) && asking.length < clauses.length ? asking.map((c) => c.text).join(", ") : null
}

const isWhole = (segment: readonly Clause[]) => segment.some((c) => c.names) && segment.some((c) => c.fields.length > 0)

function clausesOf(texts: readonly string[], read: (text: string) => Reading): Clause[] {
  return texts.flatMap((written) => {
    const text = written.trim().replace(JOINING, "")
    if (text === "") return []
    const { fields, content, meanings } = read(text)
    return [{ text, fields, names: meanings.length > 0 || content.length >= OWN_WORDS }]
  })
}
