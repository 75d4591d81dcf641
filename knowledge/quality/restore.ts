import { readFileSync } from "node:fs"
import path from "node:path"
import { unpackModel, type DiacriticsModel } from "./diacritics-model.ts"
import { FIGURE } from "./count-syllables.ts"
import { isMarked, isSyllable, unmarked } from "./spelling.ts"

/** One word that was changed, for a person to review. */
export interface Change {
  /** Offset of the word in the text that was given. */
  readonly at: number
  readonly before: string
  readonly after: string
  /** 0 to 1: how much more likely than the next best reading. */
  readonly confidence: number
}

export interface Restored {
  readonly text: string
  readonly changes: readonly Change[]
}

const SHIPPED = path.join(import.meta.dirname, "counts", "syllables.bin.gz")

/** The shipped counts; about 30 MB of memory while it is held. */
export const loadDiacritics = (file = SHIPPED): DiacriticsModel => unpackModel(readFileSync(file))

/** Weights of triple, pair and single syllable. A share that was never counted costs as much as FLOOR. */
const MIX = { triple: 0.6, pair: 0.3, single: 0.1 }
const FLOOR = 1e-7
const TOKEN = /\p{L}[\p{L}\u0300-\u036f]*|\d[\d.,/:-]*/gu
const BEAM = 12

interface Word {
  readonly at: number
  readonly written: string
  readonly options: readonly number[]
  /** A figure or a stop stands before it. */
  readonly apart: boolean
}

interface Path {
  readonly score: number
  readonly last: number
  readonly before: number
  readonly from: Path | null
}

/**
 * Puts back the marks that a scan lost: for each word the reading that fits its neighbours best. With `all` the marks that are
 * there are not trusted either, as in text of a scanner without Vietnamese; else only words without marks are changed.
 */
export function restoreDiacritics(text: string, model: DiacriticsModel, { all = false } = {}): Restored {
  const given = text.normalize("NFC")
  const changes: Change[] = []
  for (const stretch of stretchesIn(given, model, all)) changes.push(...changesOf(stretch, model))
  let out = ""
  let last = 0
  for (const { at, before, after } of changes) {
    out += given.slice(last, at) + after
    last = at + before.length
  }
  return { text: out + given.slice(last), changes }
}

function* stretchesIn(text: string, model: DiacriticsModel, all: boolean): Generator<Word[]> {
  let stretch: Word[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    const apart = /[^\s]|\n\s*\n/u.test(text.slice(end, match.index))
    end = match.index + match[0].length
    const options = optionsOf(match[0], model, all)
    if ((apart || options.length === 0) && stretch.length > 0) {
      yield stretch
      stretch = []
    }
    if (options.length > 0) stretch.push({ at: match.index, written: match[0], options, apart })
  }
  if (stretch.length > 0) yield stretch
}

/** The readings of a word: itself when its marks are trusted, else every syllable that looks the same without marks. */
function optionsOf(word: string, model: DiacriticsModel, all: boolean): readonly number[] {
  if (/^\d/.test(word)) return model.byUnmarked.get(FIGURE) ?? []
  const trusted = !all && isMarked(word) && isSyllable(word)
  const lower = word.toLowerCase()
  const alike = model.byUnmarked.get(unmarked(word)) ?? []
  if (!trusted) return alike
  const itself = alike.find((i) => model.syllables[i] === lower)
  return itself === undefined ? [] : [itself]
}

function changesOf(stretch: readonly Word[], model: DiacriticsModel): Change[] {
  const chosen = bestPath(stretch, model)
  return stretch.flatMap((word, i) => {
    const id = chosen[i]
    if (id === undefined || /^\d/.test(word.written)) return []
    const after = inCaseOf(word.written, model.syllables[id] ?? "")
    if (after === word.written) return []
    return [{ at: word.at, before: word.written, after, confidence: confidenceAt(stretch, { i, chosen, model }) }]
  })
}

/** Viterbi over pairs of readings, keeping the best few. */
function bestPath(stretch: readonly Word[], model: DiacriticsModel): number[] {
  let paths: Path[] = [{ score: 0, last: -1, before: -1, from: null }]
  for (const word of stretch) {
    const best = new Map<number, Path>()
    for (const path of paths) {
      for (const id of word.options) {
        const score = path.score + Math.log(likelihood(model, [path.before, path.last, id]))
        const key = path.last * 10_000 + id
        const held = best.get(key)
        if (!held || held.score < score) best.set(key, { score, last: id, before: path.last, from: path })
      }
    }
    paths = [...best.values()].sort((a, b) => b.score - a.score).slice(0, BEAM)
  }
  const chosen: number[] = []
  for (let path: Path | null = paths[0] ?? null; path?.from; path = path.from) chosen.unshift(path.last)
  return chosen
}

function likelihood(model: DiacriticsModel, [a, b, c]: readonly [number, number, number]): number {
  const single = (model.counts[c] ?? 0) / totalOf(model)
  if (b < 0) return single + FLOOR
  const pairs = model.pair(b, c)
  const pair = pairs === 0 ? 0 : Math.exp(pairs) / (model.counts[b] ?? 1)
  const triples = a < 0 ? 0 : model.triple(a, b, c)
  const before = triples === 0 ? 0 : model.pair(a, b)
  const triple = before === 0 ? 0 : Math.exp(triples - before)
  return MIX.triple * Math.min(1, triple) + MIX.pair * Math.min(1, pair) + MIX.single * single + FLOOR
}

const totals = new WeakMap<DiacriticsModel, number>()

function totalOf(model: DiacriticsModel): number {
  const known = totals.get(model)
  if (known !== undefined) return known
  const total = model.counts.reduce((sum, count) => sum + count, 0)
  totals.set(model, total)
  return total
}

/** The share of the chosen reading among all readings of this word, its neighbours as chosen. */
function confidenceAt(
  stretch: readonly Word[],
  { i, chosen, model }: { i: number; chosen: readonly number[]; model: DiacriticsModel },
): number {
  const around = (id: number) => {
    const ids = [...chosen.slice(Math.max(0, i - 2), i), id, ...chosen.slice(i + 1, i + 3)]
    const start = Math.min(2, i)
    let product = 1
    for (let at = start; at < ids.length; at++) product *= likelihood(model, [ids[at - 2] ?? -1, ids[at - 1] ?? -1, ids[at] ?? -1])
    return product
  }
  const options = stretch[i]?.options ?? []
  const total = options.reduce((sum, id) => sum + around(id), 0)
  const own = around(chosen[i] ?? -1)
  return total === 0 ? 0 : Math.round((own / total) * 1000) / 1000
}

/** "QUYET" → "QUYẾT", "Quyet" → "Quyết". */
function inCaseOf(written: string, syllable: string): string {
  if (written.length > 1 && written === written.toUpperCase()) return syllable.toUpperCase()
  const first = written.charAt(0)
  return first === first.toUpperCase() ? syllable.charAt(0).toUpperCase() + syllable.slice(1) : syllable
}
