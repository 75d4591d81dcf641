import { readFileSync } from "node:fs"
import path from "node:path"
import { fold } from "../vietnamese/fold.ts"
import { LEXICON_FOLDER } from "../understand/lexicon.ts"
import { foldedSyllables, tokenize, type Token } from "../vietnamese/syllables.ts"

/** An administrative unit named in a question: its folded name ("an hung") and the words of the question that name it. */
export interface NamedPlace {
  readonly name: string
  readonly written: string
}

export interface Gazetteer {
  /** Places named after a word such as "xã", or under a name that the knowledge itself carries. */
  find(tokens: readonly Token[]): NamedPlace[]
}

const KINDS = new Set(["xa", "phuong", "huyen", "quan", "tinh", "tp"])
const MARKED_KINDS = new Set(["xã", "phường", "huyện", "quận", "tỉnh", "tp"])
const LONG_KINDS = new Set(["thi tran", "thi xa", "thanh pho", "dac khu", "uy ban"])
const MAX_SYLLABLES = 4

/** Communes of the country before and after the merger of 1/7/2025, and the provinces, by name. */
export function loadPlaceNames(folder = LEXICON_FOLDER): string[] {
  return readFileSync(path.join(folder, "places.txt"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
}

/** "xã An Hưng" → "an hung"; null for a text without a name. */
export function placeName(place: string): string | null {
  const syllables = foldedSyllables(place)
  const skip = LONG_KINDS.has(syllables.slice(0, 2).join(" ")) ? 2 : KINDS.has(syllables[0] ?? "") ? 1 : 0
  return syllables.slice(skip).join(" ") || null
}

interface Home {
  readonly commune: string
  readonly province: string
}

/** Once the commune is named, documents of other communes never answer for it; its city's or province's do. */
export const speaksHere = (place: string | null, home: Home | null): boolean =>
  home === null || place === null || [placeName(home.commune), placeName(home.province)].includes(place)

/** "xã" before a name; where the citizen writes with marks, "xa" is "far". */
function isKind(token: Token | undefined, marked: boolean): boolean {
  return token !== undefined && (marked ? MARKED_KINDS.has(token.text) : KINDS.has(token.folded))
}

/** Known places stand for themselves; all others count only after a word for an administrative unit. */
export function createGazetteer(names: readonly string[], known: readonly string[]): Gazetteer {
  const everywhere = new Set(names.map((name) => foldedSyllables(name).join(" ")))
  const own = new Set(known)
  return {
    find(tokens) {
      const marked = tokens.some((t) => t.text !== t.folded)
      const found: NamedPlace[] = []
      for (let i = 0; i < tokens.length; i++) {
        const afterKind = isKind(tokens[i - 1], marked) || LONG_KINDS.has(`${tokens[i - 2]?.folded ?? ""} ${tokens[i - 1]?.folded ?? ""}`)
        const isName = (name: string) => own.has(name) || (afterKind && everywhere.has(name))
        const length = longest(tokens, i, isName)
        // In "ủy ban phường Nam Thử" the name begins after "phường", though a "Phượng Nam" may exist elsewhere.
        if (length === 0 || (isKind(tokens[i], marked) && longest(tokens, i + 1, (name) => own.has(name) || everywhere.has(name)) > 0))
          continue
        const words = tokens.slice(i, i + length)
        found.push({ name: words.map((t) => t.folded).join(" "), written: words.map((t) => t.text).join(" ") })
        i += length - 1
      }
      return found
    },
  }
}

function longest(tokens: readonly Token[], at: number, isName: (name: string) => boolean): number {
  for (let length = MAX_SYLLABLES; length >= 2; length--) {
    const words = tokens.slice(at, at + length)
    if (words.length === length && isName(words.map((t) => t.folded).join(" "))) return length
  }
  return 0
}

/**
 * The place that a text without one in its title speaks for: the one named most often after a word for an administrative
 * unit; wide when that word mostly says a city or province.
 */
export function dominantPlace(text: string, names: readonly string[]): { name: string; wide: boolean } | null {
  // Scans put marks where none belong: names are compared without any.
  const tokens = tokenize(fold(text))
  const found = createGazetteer(names, []).find(tokens)
  const counts = new Map<string, number>()
  for (const { name } of found) counts.set(name, (counts.get(name) ?? 0) + 1)
  const [best] = [...counts].sort((a, b) => b[1] - a[1])
  if (!best || best[1] < MIN_MENTIONS) return null
  const covering = fold(text).match(new RegExp(`(?:thanh pho|tp\\.?|tinh)\\s+${best[0].replaceAll(" ", "\\s+")}`, "g"))?.length ?? 0
  return { name: best[0], wide: covering * 2 > best[1] }
}

const MIN_MENTIONS = 2
