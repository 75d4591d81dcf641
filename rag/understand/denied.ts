import type { Procedure } from "../../knowledge/procedure.ts"
import { foldedSyllables, type Token } from "../vietnamese/syllables.ts"

const DENYING: ReadonlySet<string> = new Set(["khong", "chua"])
/** What may be denied in a name: an act that is denied ("chưa đăng ký kết hôn") is often the very one that is wanted. */
const DENIABLE: ReadonlySet<string> = new Set(["phai", "thuoc", "du", "co"])
/** So many syllables must be the same after it. */
const SAME = 2

/** True when the procedure is for those of whom the question says the contrary: "không phải đánh giá rủi ro", "phải đánh giá rủi ro". */
export function deniedOtherwise(tokens: readonly Token[], record: Procedure): boolean {
  const said = statements(tokens.map((token) => token.folded))
  if (said.size === 0) return false
  const named = statementsOf(record)
  return [...said].some(([what, isDenied]) => named.has(what) && named.get(what) !== isDenied)
}

const statementsByRecord = new WeakMap<Procedure, ReadonlyMap<string, boolean>>()

/** The same records are asked about again and again. */
function statementsOf(record: Procedure): ReadonlyMap<string, boolean> {
  const found = statementsByRecord.get(record) ?? statements(foldedSyllables(record.name))
  statementsByRecord.set(record, found)
  return found
}

/** What is said to be so (false) or denied (true). */
function statements(syllables: readonly string[]): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>()
  syllables.forEach((syllable, i) => {
    const what = syllables.slice(i, i + 1 + SAME)
    if (DENIABLE.has(syllable) && what.length > SAME) found.set(what.join(" "), DENYING.has(syllables[i - 1] ?? ""))
  })
  return found
}
