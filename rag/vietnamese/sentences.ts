/** A sentence or list item with its offsets in the text. */
export interface Sentence {
  readonly text: string
  readonly start: number
  readonly end: number
}

const ABBREVIATION = /(?:^|[\s(])(?:TP|TT|Tp|TX|P|Q|H|ThS|TS|PGS|GS|BS|Ths|Đ|K|Art|tr|v\.v)$/u
const ORDINAL = /(?:^|\s)(?:\d{1,2}|[IVXLC]{1,5}|[a-zđ])$/u

/** Splits running text into sentences and list items; never at "TP. Hải Phòng", "1. Mục đích", "8.000" or "10.5". */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = []
  let from = 0
  const push = (to: number) => {
    const raw = text.slice(from, to)
    const trimmed = raw.trim()
    if (trimmed.length > 0) {
      const start = from + raw.indexOf(trimmed)
      sentences.push({ text: trimmed, start, end: start + trimmed.length })
    }
    from = to
  }
  for (const match of text.matchAll(/\n+|[.!?;…]+(?=["”’)\]]*(?:\s|$))/gu)) {
    const end = match.index + match[0].length
    if (match[0].startsWith("\n")) push(end)
    else if (!staysOpen(text.slice(from, match.index), match[0])) push(end)
  }
  push(text.length)
  return sentences
}

function staysOpen(before: string, mark: string): boolean {
  if (!mark.startsWith(".")) return false
  return ABBREVIATION.test(before) || (ORDINAL.test(before.slice(-8)) && before.trim().length <= 6)
}
