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

/** What opens an aside: what was done already ("sau khi đã làm khai sinh"), or what the matter is compared with ("khác gì …"). */
const ASIDES: readonly (readonly [string, string])[] = [
  ["sau", "khi"],
  ["khac", "gi"],
  ["khac", "voi"],
  ["so", "voi"],
]

/** What a matter is done for: "nghỉ bán 3 tháng để sửa nhà". "để được hưởng …" is what is wanted itself. */
const PURPOSES: ReadonlySet<string> = new Set(["mua", "vay", "ban", "sua", "nop", "bo", "chua", "tra", "thi"])
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

/** Positions of the tokens of asides, each up to the next comma or the end; empty when nothing else is said. */
export function asideTokens(tokens: readonly Token[]): ReadonlySet<number> {
  const aside = new Set<number>()
  tokens.forEach((token, i) => {
    const opens = ASIDES.some(([first, second]) => token.folded === first && tokens[i + 1]?.folded === second)
    if (!opens && !opensPurpose(tokens, i)) return
    const stop = tokens.findIndex((t, k) => k > i && t.breakBefore)
    for (let k = i; k < (stop < 0 ? tokens.length : stop); k++) aside.add(k)
  })
  return aside.size < tokens.length ? aside : new Set()
}
