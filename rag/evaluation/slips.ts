import { fold } from "../vietnamese/fold.ts"

/** The slips of one evaluation must be those of the next, else their figures could not be compared. */
const SEED = 20260101
const LETTERS_PER_SLIP = 12

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"] as const
const VOWELS = "aeiouy"
/** Telex: the key typed after the syllable for each tone mark, … */
const TONES: ReadonlyMap<string, string> = new Map([
  ["\u0301", "s"],
  ["\u0300", "f"],
  ["\u0309", "r"],
  ["\u0303", "x"],
  ["\u0323", "j"],
])
/** … and the keys that make â ê ô, ă, ơ ư. */
const SHAPES: ReadonlyMap<string, (base: string) => string> = new Map([
  ["\u0302", (base) => base + base.toLowerCase()],
  ["\u0306", (base) => `${base}w`],
  ["\u031b", (base) => `${base}w`],
])

type Chars = readonly string[]
/** One way to mistype the letter at a place; null when it cannot happen there. `draw` (0 to 1) settles what is open. */
type Slip = (chars: Chars, at: number, draw: number) => string[] | null

const neighbourKey: Slip = (chars, at, draw) => {
  const letter = chars[at] ?? ""
  const near = neighbours(fold(letter))
  const key = near[Math.floor(draw * near.length)]
  if (!key) return null
  const typed = (key + (VOWELS.includes(key) ? toneOf(letter) : "")).normalize("NFC")
  return replaced(chars, at, { by: [letter === letter.toLowerCase() ? typed : typed.toUpperCase()] })
}

const droppedLetter: Slip = (chars, at) => {
  const { start, end } = syllableAt(chars, at)
  return end - start > 1 ? replaced(chars, at, { by: [] }) : null
}

const doubledLetter: Slip = (chars, at) => replaced(chars, at, { by: [chars[at] ?? "", fold(chars[at] ?? "")] })

const swappedLetters: Slip = (chars, at) => {
  const [letter = "", next = ""] = chars.slice(at, at + 2)
  return isLetter(next) && next !== letter ? replaced(chars, at, { by: [next, letter], count: 2 }) : null
}

/** "giấy" → "giaays": the keys of the letter stand as they were typed, its tone letter at the end of the syllable. */
const telexKeys: Slip = (chars, at) => {
  const letter = chars[at] ?? ""
  const [base = "", ...marks] = Array.from(letter.normalize("NFD"))
  const shape = marks.map((mark) => SHAPES.get(mark)).find((s) => s !== undefined)
  const keys = shape ? shape(base) : letter === "đ" ? "dd" : letter === "Đ" ? "Dd" : null
  if (keys === null) return null
  const { end } = syllableAt(chars, at)
  const tone = TONES.get(toneOf(letter))
  return [...chars.slice(0, at), ...Array.from(keys), ...chars.slice(at + 1, end), ...(tone ? [tone] : []), ...chars.slice(end)]
}

/** "phí" → "phis". */
const toneLetter: Slip = (chars, at) => {
  const { start, end } = syllableAt(chars, at)
  const carrier = chars.slice(start, end).findIndex((letter) => toneOf(letter) !== "")
  if (carrier < 0) return null
  const letter = chars[start + carrier] ?? ""
  const bare = letter.normalize("NFD").replace(toneOf(letter), "").normalize("NFC")
  const tone = TONES.get(toneOf(letter)) ?? ""
  return [...chars.slice(0, start + carrier), bare, ...chars.slice(start + carrier + 1, end), tone, ...chars.slice(end)]
}

const missingSpace: Slip = (chars, at) => {
  const { end } = syllableAt(chars, at)
  return chars[end] === " " && isLetter(chars[end + 1] ?? "") ? replaced(chars, end, { by: [] }) : null
}

const SLIPS: readonly Slip[] = [neighbourKey, droppedLetter, doubledLetter, swappedLetters, telexKeys, toneLetter, missingSpace]

/** The text as a hasty thumb types it: about one slip in twelve letters; the same text and seed give the same slips. */
export function withSlips(text: string, seed = SEED): string {
  const random = randomFrom(seed ^ hash(text))
  const first = Array.from(text.normalize("NFC"))
  const places = placesOf(first, random)
  // From the end, so that the places before stay where they are.
  const last = places.reverse().reduce<string[]>((chars, at) => {
    const draw = random()
    const possible = SLIPS.map((slip) => slip(chars, at, draw)).filter((slipped) => slipped !== null)
    return possible[Math.floor(random() * possible.length)] ?? chars
  }, first)
  return last.join("")
}

/** One letter of every twelve; of the rest one with the chance that its length gives. */
function placesOf(chars: Chars, random: () => number): number[] {
  const letters = chars.flatMap((char, i) => (isLetter(char) ? [i] : []))
  const places: number[] = []
  for (let from = 0; from < letters.length; from += LETTERS_PER_SLIP) {
    const place = letters[from + Math.floor(random() * LETTERS_PER_SLIP)]
    if (place !== undefined) places.push(place)
  }
  return places
}

/** The keys that touch a key: each row stands half a key to the right of the one above. */
function neighbours(key: string): string[] {
  const row = ROWS.findIndex((keys) => keys.includes(key))
  const i = ROWS[row]?.indexOf(key) ?? -1
  if (i < 0) return []
  const touching = [
    ROWS[row]?.[i - 1],
    ROWS[row]?.[i + 1],
    ROWS[row - 1]?.[i],
    ROWS[row - 1]?.[i + 1],
    ROWS[row + 1]?.[i - 1],
    ROWS[row + 1]?.[i],
  ]
  return touching.filter((near) => near !== undefined)
}

const isLetter = (char: string) => /^\p{L}/u.test(char)
const toneOf = (letter: string) => Array.from(letter.normalize("NFD")).find((mark) => TONES.has(mark)) ?? ""

function syllableAt(chars: Chars, at: number): { start: number; end: number } {
  let start = at
  let end = at + 1
  while (start > 0 && isLetter(chars[start - 1] ?? "")) start--
  while (end < chars.length && isLetter(chars[end] ?? "")) end++
  return { start, end }
}

const replaced = (chars: Chars, at: number, { by, count = 1 }: { by: Chars; count?: number }) => [
  ...chars.slice(0, at),
  ...by,
  ...chars.slice(at + count),
]

/** FNV-1a, so that a question keeps its slips whatever other questions stand in the file. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const char of text.normalize("NFC")) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return value >>> 0
}

/** Mulberry32: small, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
