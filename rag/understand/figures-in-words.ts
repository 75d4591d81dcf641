import { tokenize, type Token } from "../vietnamese/syllables.ts"

const DIGITS: Readonly<Record<string, number>> = {
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  tu: 4,
  nam: 5,
  lam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
}
/** Only before these a number word counts: "ba" is also the father, and "một lần" stands in official names. */
const UNITS: ReadonlySet<string> = new Set(["tuoi", "ngay"])
/** A digit alone must be written as it should be: "sau ngày cưới" is not "6 ngày cưới". */
const ALONE: ReadonlySet<string> = new Set(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])

/** After it a digit is part of a name: "lớp sáu". */
const LABEL = "lop"

/** The text with numbers below a hundred that stand before a unit written in figures: "tám mươi tuổi" → "80 tuổi". */
export function withFigures(text: string): string {
  const tokens = tokenize(text)
  let out = ""
  let from = 0
  for (let i = 0; i < tokens.length; i++) {
    const found = tokens[i - 1]?.folded === LABEL ? digitAt(tokens, i) : numberAt(tokens, i)
    const first = tokens[i]
    const last = tokens[i + (found?.length ?? 0) - 1]
    if (!found || !first || !last) continue
    out += text.slice(from, first.start) + String(found.value)
    from = last.end
    i += found.length - 1
  }
  return out + text.slice(from)
}

function numberAt(tokens: readonly Token[], at: number): { value: number; length: number } | null {
  const word = (i: number) => tokens[at + i]?.folded ?? ""
  const first = DIGITS[word(0)]
  const isTen = (w: string) => w === "muoi"
  // "mười", "mười lăm"; "tám mươi", "tám mươi lăm", "tám lăm"; "tám".
  const readings: readonly (readonly [number | undefined, number])[] = [
    [first !== undefined && isTen(word(1)) ? plus(first * 10, DIGITS[word(2)]) : undefined, 3],
    [first !== undefined && isTen(word(1)) ? first * 10 : undefined, 2],
    [isTen(word(0)) ? plus(10, DIGITS[word(1)]) : undefined, 2],
    [isTen(word(0)) ? 10 : undefined, 1],
    [first !== undefined && word(1) === "lam" ? first * 10 + 5 : undefined, 2],
    [ALONE.has(tokens[at]?.text ?? "") ? first : undefined, 1],
  ]
  const found = readings.find(([value, length]) => value !== undefined && UNITS.has(word(length)))
  return found?.[0] === undefined ? null : { value: found[0], length: found[1] }
}

function digitAt(tokens: readonly Token[], at: number): { value: number; length: number } | null {
  const { text, folded } = tokens[at] ?? { text: "", folded: "" }
  const value = ALONE.has(text) ? DIGITS[folded] : undefined
  return value === undefined ? null : { value, length: 1 }
}

const plus = (tens: number, unit: number | undefined) => (unit === undefined ? undefined : tens + unit)
