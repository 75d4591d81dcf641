import { fold } from "./fold.ts"
import { isSyllable } from "./syllable-shape.ts"
import { newToneMarks } from "./tone.ts"

const ACUTE = "\u0301"
const GRAVE = "\u0300"
const HOOK = "\u0309"
const TILDE = "\u0303"
const DOT = "\u0323"
const CIRCUMFLEX = "\u0302"
const BREVE = "\u0306"
const HORN = "\u031b"

/** Keys of both input methods that put a tone: Telex letters and VNI digits. */
const TONE_KEYS: ReadonlyMap<string, string> = new Map([
  ["s", ACUTE],
  ["f", GRAVE],
  ["r", HOOK],
  ["x", TILDE],
  ["j", DOT],
  ["1", ACUTE],
  ["2", GRAVE],
  ["3", HOOK],
  ["4", TILDE],
  ["5", DOT],
])
const TONES = new Set(TONE_KEYS.values())
const VOWEL = /[aeiouy]/

interface Letter {
  base: string
  shape: string
}

/** What the keys of one syllable amount to so far. */
interface Typed {
  readonly letters: Letter[]
  tone: string
  keys: number
}

/** One key of an input method; false when it means nothing after what was typed before. */
type Key = (typed: Typed, key: string) => boolean

const toneKey: Key = (typed, key) => {
  const tone = TONE_KEYS.get(key)
  if (tone === undefined || (typed.tone !== "" && typed.tone !== tone) || !typed.letters.some((l) => VOWEL.test(l.base))) return false
  typed.tone = tone
  return true
}

/** "dd" and "d9": đ. */
const strokeKey: Key = ({ letters: [first] }, key) => first?.base === "d" && (key === "d" || key === "9") && shape(first, "-")

/** "aa", "ee", "oo", and 6 after any of them: a hat. */
const hatKey: Key = ({ letters }, key) => {
  const vowel = key === "6" ? letters.findLast((l) => "aeo".includes(l.base)) : letters.at(-1)
  return vowel !== undefined && "aeo".includes(vowel.base) && (key === "6" || key === vowel.base) && shape(vowel, CIRCUMFLEX)
}

/** w and 7 make ơ, ư, and both of "uo"; w and 8 make ă. */
const hornKey: Key = ({ letters }, key) => {
  const vowel = letters.findLast((l) => (key === "8" ? "a" : key === "7" ? "ou" : "aou").includes(l.base))
  if (!vowel || !["w", "7", "8"].includes(key)) return false
  const before = letters[letters.indexOf(vowel) - 1]
  if (vowel.base === "o" && before?.base === "u" && before.shape === "") before.shape = HORN
  return shape(vowel, vowel.base === "a" ? BREVE : HORN)
}

function shape(letter: Letter, mark: string): boolean {
  if (letter.shape !== "") return false
  letter.shape = mark
  return true
}

/** Most words hold nothing that could be a key. */
const MAY_HOLD_KEYS = /.[sfrxjw\d]|dd|aa|ee|oo/iu

const KEYS: readonly Key[] = [toneKey, strokeKey, hatKey, hornKey]

/**
 * The syllable that was meant by Telex or VNI keys which stand as they were typed: "giaays", "dd9at" no, "ddaast" → "đất",
 * "thu3" → "thủ". Null when there is no such key or when no Vietnamese syllable comes of it.
 */
export function decodeKeys(written: string): string | null {
  if (!MAY_HOLD_KEYS.test(written)) return null
  const typed: Typed = { letters: [], tone: "", keys: 0 }
  for (const char of written.toLowerCase().normalize("NFD").replace(/đ/g, "d\u0335")) {
    const last = typed.letters.at(-1)
    if (char === "\u0335" && last) last.shape = "-"
    else if (TONES.has(char)) {
      if (typed.tone !== "") return null
      typed.tone = char
    } else if (/[\u0300-\u036f]/.test(char) && last) last.shape = char
    else if (KEYS.some((key) => key(typed, char))) typed.keys++
    else if (/[a-z]/.test(char)) typed.letters.push({ base: char, shape: "" })
    else return null
  }
  if (typed.keys === 0) return null
  const word = spell(typed)
  return isSyllable(fold(word)) ? word : null
}

function spell({ letters, tone }: Typed): string {
  // No syllable has a bare o after ư: one key does for both.
  letters.forEach((l, i) => {
    if (l.base === "o" && l.shape === "" && letters[i - 1]?.base === "u" && letters[i - 1]?.shape === HORN) l.shape = HORN
  })
  const carrier = tone === "" ? -1 : toneCarrier(letters)
  const text = letters.map((l, i) => (l.shape === "-" ? "đ" : l.base + l.shape) + (i === carrier ? tone : "")).join("")
  return newToneMarks(text.normalize("NFC"))
}

/** The letter over or under which the tone stands: the shaped vowel; else the one that a final follows; else the first but of "oai". */
function toneCarrier(letters: readonly Letter[]): number {
  const onset = /^(?:qu|gi(?=[aeouy]))/.exec(letters.map((l) => l.base).join(""))?.[0].length ?? 0
  const vowels = letters.flatMap((l, i) => (i >= onset && VOWEL.test(l.base) ? [i] : []))
  const shaped = vowels.findLast((i) => letters[i]?.shape !== "")
  if (shaped !== undefined) return shaped
  const closed = (vowels.at(-1) ?? 0) < letters.length - 1
  return (closed ? vowels.at(-1) : vowels.length > 2 ? vowels[1] : vowels[0]) ?? -1
}
