import { isMarked, isSyllable, wordsOf } from "./spelling.ts"

/** What can be wrong with a text that came from paper, each measured as a share. */
export interface PageQuality {
  readonly wordCount: number
  /** 0 (no Vietnamese text) to 1; null when there are too few words to judge. */
  readonly score: number | null
  /** What is wrong, in a clerk's words; empty when nothing is. */
  readonly findings: readonly string[]
}

export interface Verdict {
  readonly score: number | null
  /** Every page that can be judged reads as Vietnamese. */
  readonly passed: boolean
  /** At least one page came from OCR: its figures are to be compared with the paper. */
  readonly scanned: boolean
  readonly findings: readonly string[]
}

/** What is judged: text, and how sure OCR was of it (0 to 1, null for text that nobody scanned). */
export interface Judged {
  readonly text: string
  readonly confidence: number | null
}

/** Fewer words say nothing: a page with a picture and its caption. */
const FEW_WORDS = 25
/** Pages below this do not pass. */
export const PASS = 0.7

interface Sign {
  /** The share at which the text is as good as text gets, and the one at which it is no Vietnamese at all. */
  readonly good: number
  readonly bad: number
  readonly measure: (page: Judged) => number | null
  readonly say: (share: number, page: Judged) => string
}

const percent = (share: number) => `${Math.round(share * 100)}%`

/** Typed official texts lie at "good" or above in each sign, scans without Vietnamese far below (see the tests). */
const SIGNS: readonly Sign[] = [
  {
    good: 0.93,
    bad: 0.6,
    measure: ({ text }) => shareOf(plainWords(text), isSyllable),
    say: (share, { text }) => `${percent(1 - share)} số chữ không phải tiếng Việt, ví dụ: ${oddWords(text)}.`,
  },
  {
    good: 0.55,
    bad: 0.2,
    measure: ({ text }) => shareOf(plainWords(text), isMarked),
    say: (share) => `Chữ mất dấu: chỉ ${percent(share)} số chữ có dấu (văn bản tiếng Việt thường có trên 60%).`,
  },
  {
    good: 0.97,
    bad: 0.8,
    measure: ({ text }) => cleanShare(text),
    say: (share) => `Nhiều ký tự lạ hoặc số lẫn trong chữ: ${percent(1 - share)} số từ.`,
  },
  {
    good: 0.65,
    bad: 0.2,
    measure: ({ text }) => wholeLines(text),
    say: (share) => `Cột hoặc dòng bị vỡ: ${percent(1 - share)} số dòng chỉ còn một, hai chữ.`,
  },
  {
    good: 0.85,
    bad: 0.45,
    measure: ({ confidence }) => confidence,
    say: (share) => `Máy nhận dạng không chắc chữ: độ tin cậy ${percent(share)}.`,
  },
]

/** Judges one page. The worst sign decides: a text may have all its syllables and still have lost its marks. */
export function judgePage(page: Judged): PageQuality {
  const words = wordsOf(page.text).length
  if (words < FEW_WORDS) return { wordCount: words, score: null, findings: [] }
  const judged = SIGNS.flatMap((sign) => {
    const share = sign.measure(page)
    if (share === null) return []
    const score = Math.min(1, Math.max(0, (share - sign.bad) / (sign.good - sign.bad)))
    return [{ score, finding: score < PASS ? sign.say(share, page) : null }]
  })
  const score = Math.min(...judged.map((j) => j.score))
  return { wordCount: words, score: Math.round(score * 100) / 100, findings: judged.flatMap((j) => (j.finding ? [j.finding] : [])) }
}

/** Judges a document by its pages: it passes when each page passes that can be judged. */
export function judgeDocument(pages: readonly (PageQuality & { number: number | null; from: "text" | "ocr" })[]): Verdict {
  const scored = pages.flatMap((page) => (page.score === null ? [] : [{ words: page.wordCount, score: page.score }]))
  const words = scored.reduce((sum, page) => sum + page.words, 0)
  const score = words === 0 ? null : scored.reduce((sum, page) => sum + page.score * page.words, 0) / words
  return {
    score: score === null ? null : Math.round(score * 100) / 100,
    passed: scored.every((page) => page.score >= PASS) && pages.every((page) => page.findings.length === 0),
    scanned: pages.some((page) => page.from === "ocr"),
    findings: pages.flatMap((page) =>
      page.findings.map((finding) => (page.number === null ? finding : `Trang ${page.number}: ${finding}`)),
    ),
  }
}

const shareOf = (words: readonly string[], holds: (word: string) => boolean) =>
  words.length === 0 ? null : words.filter(holds).length / words.length

/** Words that ought to be Vietnamese: no abbreviations in capitals ("UBND", "QĐ"), no letters of a list. */
function plainWords(text: string): string[] {
  const prose = text.replace(/(?:https?:\/\/|www\.)\S+|\S+@\S+/g, " ").replace(/(^|\s)\p{L}\)/gu, " ")
  return wordsOf(prose).filter((word) => !(word.length <= 7 && word === word.toUpperCase() && !isSyllable(word)))
}

function oddWords(text: string): string {
  const odd = [...new Set(plainWords(text).filter((word) => !isSyllable(word)))]
  return odd
    .slice(0, 4)
    .map((word) => `“${word}”`)
    .join(", ")
}

const STRANGE = /[~^¥¢£©®¬§¤¦�<>{}\\|_=]|\p{Ll}\d|\d\p{Ll}{2}/u

/** The share of tokens without characters that official texts do not use and without figures inside words. */
function cleanShare(text: string): number | null {
  const tokens = text.split(/\s+/).filter((token) => /[\p{L}\p{N}\p{S}]/u.test(token) && !/https?:|www\.|@/.test(token))
  return tokens.length === 0
    ? null
    : tokens.filter((token) => !STRANGE.test(token.replace(/\*\*|#+|[-_=]{2,}|^\||\|$/g, ""))).length / tokens.length
}

const MIN_LINES = 12

/** The share of lines with more than two words; a torn table leaves crumbs of one and two. */
function wholeLines(text: string): number | null {
  const lines = text.split("\n").filter((line) => line.trim() !== "")
  return lines.length < MIN_LINES ? null : lines.filter((line) => wordsOf(line).length > 2 || /\d/.test(line)).length / lines.length
}
