import { readFileSync } from "node:fs"
import path from "node:path"
import { parse } from "yaml"
import { z } from "zod"
import { LEXICON_FOLDER, phraseOf, type Phrase } from "../understand/lexicon.ts"
import { contains } from "../understand/phrases.ts"
import type { Token } from "../vietnamese/syllables.ts"

interface Everyday {
  readonly say: Phrase
  readonly mean: readonly string[]
}

const table = z.array(z.strictObject({ say: z.array(z.string()).min(1), mean: z.array(z.string()).min(1) }))

let known: ReadonlyMap<string, readonly Everyday[]> | null = null

/** By first syllable; read when first asked for: commands that answer nothing need no table. */
const everyday = () => (known ??= readTable())

function readTable(): Map<string, Everyday[]> {
  const byFirst = new Map<string, Everyday[]>()
  for (const { say, mean } of table.parse(parse(readFileSync(path.join(LEXICON_FOLDER, "documents.yaml"), "utf8")))) {
    for (const phrase of say.map(phraseOf)) {
      const first = phrase.folded[0] ?? ""
      byFirst.set(first, [...(byFirst.get(first) ?? []), { say: phrase, mean }])
    }
  }
  return byFirst
}

/** The words of official texts for what a citizen says in everyday ones ("bưu điện": "dịch vụ bưu chính công ích"). */
export function officialWords(tokens: readonly Token[]): string[] {
  const found = tokens.flatMap((token, i) =>
    (everyday().get(token.folded) ?? []).filter(({ say }) => contains(tokens.slice(i, i + say.folded.length), say)),
  )
  return [...new Set(found.flatMap(({ mean }) => mean))]
}
