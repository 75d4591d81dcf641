import type { Lexicon } from "../understand/lexicon.ts"
import { hasMarks } from "../vietnamese/fold.ts"
import { tokenize } from "../vietnamese/syllables.ts"
import type { EvalQuestion } from "./questions.ts"

/** A question of more syllables than this tells a story. */
const LONG = 25

/** How the question is written: as its file says, else by its marks, its length and its chat abbreviations. */
export function styleOf(question: EvalQuestion, lexicon: Pick<Lexicon, "abbreviations">): string {
  if (question.style) return question.style
  const text = question.question.normalize("NFC")
  if (!hasMarks(text)) return "không dấu"
  if (tokenize(text).length > LONG) return "dài"
  return hasChatWords(text, lexicon) ? "teencode" : "chuẩn"
}

/** Abbreviations in capitals ("BHYT", "UBND") are the administration's own, unless all of the message is in capitals. */
function hasChatWords(text: string, { abbreviations }: Pick<Lexicon, "abbreviations">): boolean {
  const tokens = tokenize(text)
  const message = ` ${tokens.map((t) => t.folded).join(" ")} `
  const shouted = text === text.toUpperCase()
  return tokens.some((token) => {
    const written = text.slice(token.start, token.end)
    if (!shouted && written === written.toUpperCase()) return false
    const meanings = abbreviations.get(token.text) ?? []
    return meanings.some(({ near }) => near === null || near.some((phrase) => message.includes(` ${phrase.join(" ")} `)))
  })
}
