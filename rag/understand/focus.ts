import { splitSentences } from "../vietnamese/sentences.ts"
import { roleOf } from "./function-words.ts"
import type { Token } from "../vietnamese/syllables.ts"

/** Messages shorter than this are all question. */
const STORY_TOKENS = 22
/** Words by which a sentence asks. */
const ASKING = new Set(["gi", "nao", "sao", "dau", "bao", "may", "khong", "ai", "the", "chua", "ha", "khi", "ko", "k", "mo", "rang"])

/**
 * Positions of the tokens that only tell the story. In a long message the question is in the sentences that ask, mostly the
 * last; what comes before is circumstance. Empty when nothing or everything asks.
 */
export function storyTokens(text: string, tokens: readonly Token[]): ReadonlySet<number> {
  const story = new Set<number>()
  if (tokens.length < STORY_TOKENS) return story
  const sentences = splitSentences(text)
  const parts = sentences.map((sentence) => tokens.flatMap((t, i) => (t.start >= sentence.start && t.end <= sentence.end ? [i] : [])))
  const asks = parts.map((part, i) => sentences[i]?.text.endsWith("?") === true || part.some((k) => ASKING.has(tokens[k]?.folded ?? "")))
  if (asks.every(Boolean) || !asks.some(Boolean)) return story
  parts.forEach((part, i) => {
    if (asks[i] !== true) for (const k of part) story.add(k)
  })
  return story
}

/** An exception that is quoted from a name: "(trừ nhà đầu tư nước ngoài)". "thuốc trừ sâu" has no clause of its own. */
const EXCEPT = "tru"
const PESTS: ReadonlySet<string> = new Set(["sau", "co", "moi"])

function opensException(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  return at > 0 && token?.breakBefore === true && token.folded === EXCEPT && !PESTS.has(tokens[at + 1]?.folded ?? "")
}

/** An aside belongs to the story, or it names another matter: what this one is compared with, or does not take in. */
export type Aside = "story" | "other"

/** What opens an aside: what was done already ("sau khi đã làm khai sinh"), or what the matter is compared with ("khác gì …"). */
const ASIDES: readonly (readonly [string, string, Aside])[] = [
  ["sau", "khi", "story"],
  ["khac", "gi", "other"],
  ["khac", "voi", "other"],
  ["so", "voi", "other"],
]

/** What a matter is done for: "nghỉ bán 3 tháng để sửa nhà". "để được hưởng …" is what is wanted itself. */
const PURPOSES: ReadonlySet<string> = new Set(["mua", "vay", "ban", "sua", "nop", "bo", "chua", "tra", "thi", "nhap"])
/** Words that only ask with what: "cần giấy tờ gì để vay vốn" is about the loan. */
const WITH_WHAT: ReadonlySet<string> = new Set(["giay", "to", "ho", "so", "thu", "tuc", "dieu", "kien", "don", "buoc"])
const OWN_WORDS = 2

/** Without its mark "de" may be another word. */
function opensPurpose(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== "để" || !PURPOSES.has(tokens[at + 1]?.folded ?? "")) return false
  const start = tokens.findLastIndex((t, k) => k <= at && t.breakBefore)
  const before = tokens.slice(Math.max(start, 0), at)
  return before.filter((t) => roleOf(t, true) === "content" && !WITH_WHAT.has(t.folded)).length >= OWN_WORDS
}

/** The tokens of asides by position, each up to the next comma, an exception to the end; empty when nothing else is said. */
export function asideTokens(tokens: readonly Token[]): ReadonlyMap<number, Aside> {
  const asides = new Map<number, Aside>()
  tokens.forEach((_, i) => {
    const kind = asideAt(tokens, i)
    if (kind === null) return
    const stop = opensException(tokens, i) ? -1 : tokens.findIndex((t, k) => k > i && t.breakBefore)
    for (let k = i; k < (stop < 0 ? tokens.length : stop); k++) asides.set(k, kind)
  })
  return asides.size < tokens.length ? asides : new Map()
}

function asideAt(tokens: readonly Token[], at: number): Aside | null {
  const opened = ASIDES.find(([first, second]) => tokens[at]?.folded === first && tokens[at + 1]?.folded === second)
  if (opened) return opened[2]
  if (opensException(tokens, at)) return "other"
  return opensPurpose(tokens, at) ? "story" : null
}
