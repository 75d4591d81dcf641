// Makes counts/syllables.bin.gz from text with marks, and measures it on text held out:
//   npx tsx knowledge/quality/count-diacritics.ts PROCEDURES.jsonl… TEXT.md… [--held-out TEXT.md…]
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { countSyllables, stretchesOf } from "./count-syllables.ts"
import { packModel, unpackModel, type DiacriticsModel } from "./diacritics-model.ts"
import { restoreDiacritics } from "./restore.ts"
import { isSyllable, unmarked } from "./spelling.ts"

const OUT = path.join(import.meta.dirname, "counts", "syllables.bin.gz")
const KEPT = { syllable: 2, pair: 1, triple: 1, maxTriples: 900_000 }
/** One record in so many is held out. */
const EVERY = 20

const args = process.argv.slice(2)
const cut = args.includes("--held-out") ? args.indexOf("--held-out") : args.length
const print = (text: string) => void process.stdout.write(`${text}\n`)

/** The words of a JSON record; of Markdown the text itself. */
function textsOf(file: string): string[] {
  const content = readFileSync(file, "utf8")
  return file.endsWith(".jsonl")
    ? content
        .split("\n")
        .filter(Boolean)
        .map((line) => stringsIn(JSON.parse(line)).join("\n"))
    : [content]
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value]
  if (typeof value !== "object" || value === null) return []
  return Object.values(value).flatMap(stringsIn)
}

/** Each line once: forms and phrases that every record repeats must not drown the rest. */
const linesOf = (texts: readonly string[]) =>
  new Set(texts.flatMap((text) => text.normalize("NFC").split(/\n+/)).map((line) => line.trim()))

/** The share of syllables that come back right from text without any marks. */
function accuracy(lines: Iterable<string>, model: DiacriticsModel): string {
  let all = 0
  let right = 0
  for (const line of lines) {
    for (const words of stretchesOf(line)) {
      const restored = restoreDiacritics(words.map(unmarked).join(" "), model).text.split(" ")
      for (const [i, word] of words.entries()) {
        if (!isSyllable(word)) continue
        all++
        if (restored[i] === word) right++
      }
    }
  }
  return `${((100 * right) / all).toFixed(2)}% of ${all} syllables`
}

const texts = args.slice(0, cut).flatMap(textsOf)
const known = linesOf(texts.filter((_, i) => i % EVERY !== 0))
const unseen = [...linesOf(texts.filter((_, i) => i % EVERY === 0))].filter((line) => !known.has(line))
const packed = packModel(countSyllables(known, KEPT))
mkdirSync(path.dirname(OUT), { recursive: true })
writeFileSync(OUT, packed)
const model = unpackModel(packed)
print(`${model.syllables.length} syllables, ${(packed.length / 1024 / 1024).toFixed(2)} MB`)
print(`held-out records: ${accuracy(unseen, model)}`)
for (const file of args.slice(cut + 1)) print(`${path.basename(file)}: ${accuracy(linesOf(textsOf(file)), model)}`)
