/** Places where a text may be cut, best first: the cut comes after the match. A number may hold spaces ("090 123 4567"). */
const BOUNDARIES = [/\n\s*\n/g, /\n/g, /(?<=[^\d\s][.!?…]["”)]?)\s+/g, /(?<!\d)\s+|\s+(?!\d)/g]
// A part that is nearly empty for the sake of a paragraph is worse than one cut at a sentence.
const LEAST_FILL = 0.4
const NOT_BEFORE = /[\u0300-\u036f\u200d\ufe0f\udc00-\udfff]/

/**
 * Cuts a text into parts of at most `limit` UTF-16 units which joined are the text again: after a paragraph, else a
 * sentence, else a word; inside a word only when that word alone is longer than the limit, and never inside a letter.
 */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > limit) {
    const end = cut(rest, limit)
    parts.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return rest === "" && parts.length > 0 ? parts : [...parts, rest]
}

function cut(text: string, limit: number): number {
  // One more unit than fits, so that a boundary that ends exactly at the limit is seen with what follows it.
  const window = text.slice(0, limit + 1)
  const ends = BOUNDARIES.map((boundary) => lastEnd(window, boundary, limit))
  return ends.find((end) => end >= limit * LEAST_FILL) ?? ends.findLast((end) => end > 0) ?? insideWord(text, limit)
}

function lastEnd(window: string, boundary: RegExp, limit: number): number {
  let end = 0
  for (const match of window.matchAll(boundary)) {
    const after = match.index + match[0].length
    if (after <= limit) end = after
  }
  return end
}

function insideWord(text: string, limit: number): number {
  let end = limit
  while (end > 1 && NOT_BEFORE.test(text.charAt(end))) end -= 1
  // Nothing but marks: only half a pair of surrogates must still not be parted.
  if (end > 1) return end
  return /[\udc00-\udfff]/.test(text.charAt(limit)) && limit > 1 ? limit - 1 : limit
}
