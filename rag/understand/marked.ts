import { tokenize } from "../vietnamese/syllables.ts"

/** Below this share of marked words a message counts as written without marks: phones put a mark here and there. */
const MARKED_SHARE = 0.2

/** True when the citizen writes with marks. A word without any then means what it says: "cho" is not "chợ". */
export function isMarked(text: string): boolean {
  const tokens = tokenize(text)
  return tokens.filter((t) => t.text !== t.folded).length >= tokens.length * MARKED_SHARE
}
