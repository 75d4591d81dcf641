import { splitText } from "../../../split.ts"
import type { Line, News } from "../../../staff-room.ts"
import { staffRoomTexts as texts } from "../../../texts/staff-room.ts"
import { MAX_TEXT } from "../render.ts"

/** One message to a topic. `upTo`: what is told once it has arrived; null while more of the same is to come. */
export type Part =
  | { readonly kind: "text"; readonly text: string; readonly upTo: Date | null }
  | { readonly kind: "copy"; readonly original: string; readonly instead: string; readonly upTo: Date }

/** As few messages as can be: words that follow one another go together, what is more than words goes as it is. */
export function partsOf({ kind, lines }: News): readonly Part[] {
  const parts: Part[] = []
  let words: string[] = kind === "begins" ? [texts.begins, ""] : []
  let upTo: Date | null = null
  const flush = () => {
    const pieces = words.length === 0 ? [] : splitText(words.join("\n"), MAX_TEXT).filter((text) => text.trim() !== "")
    pieces.forEach((text, i) => parts.push({ kind: "text", text, upTo: i === pieces.length - 1 ? upTo : null }))
    words = []
  }
  for (const line of lines) {
    if (line.original === null) words.push(wordsOf(line))
    else {
      flush()
      parts.push({ kind: "copy", original: line.original, instead: wordsOf(line), upTo: line.at })
    }
    upTo = line.at
  }
  if (kind === "ends") words.push(texts.ends)
  flush()
  return parts
}

const wordsOf = ({ speaker, text, quoted, edited }: Line) =>
  `${speaker ?? texts.citizen}${edited ? ` ${texts.edited}` : ""}${quoted === null ? "" : ` ${texts.quoting(quoted)}`}: ${text}`
