/** Sounds that regions do not tell apart, at the beginning and at the end of folded syllables; each side may stand for the other. */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ["l", "n"],
  ["s", "x"],
  ["tr", "ch"],
  ["d", "r"],
  ["d", "gi"],
  ["r", "gi"],
  ["d", "v"],
  ["gi", "v"],
  ["qu", "w"],
  ["h", "qu"],
  // Chat spellings, and the letters that only the next vowel decides on.
  ["z", "gi"],
  ["z", "d"],
  ["z", "v"],
  ["j", "gi"],
  ["f", "ph"],
  ["k", "c"],
  ["ng", "ngh"],
  ["g", "gh"],
]
const ENDINGS: readonly (readonly [string, string])[] = [
  ["n", "ng"],
  ["n", "nh"],
  ["c", "t"],
  ["i", "y"],
  ["ch", "t"],
  ["iu", "uu"],
  ["ieu", "uou"],
  ["au", "ao"],
  ["o", "u"],
  ["ai", "ay"],
  ["im", "iem"],
  ["ip", "iep"],
]
/** Southern words for the official ones. */
const WORDS: Readonly<Record<string, string>> = {
  sanh: "sinh",
  chanh: "chinh",
  nhon: "nhan",
  nhut: "nhat",
  binh: "benh",
  goi: "gui",
  lanh: "linh",
  tanh: "tinh",
  phuoc: "phuc",
  tho: "thu",
  thiet: "that",
}

/** Other spellings of a folded syllable that sound alike somewhere in the country. */
export function soundAlikes(folded: string): string[] {
  const found = new Set<string>()
  const both = (pairs: readonly (readonly [string, string])[]) => pairs.flatMap(([a, b]) => [[a, b] as const, [b, a] as const])
  for (const [from, to] of both(BEGINNINGS)) if (begins(folded, from)) found.add(to + folded.slice(from.length))
  for (const [from, to] of both(ENDINGS)) if (folded.endsWith(from)) found.add(folded.slice(0, -from.length) + to)
  const regional = WORDS[folded]
  if (regional !== undefined) found.add(regional)
  found.delete(folded)
  return [...found]
}

/** "t" begins "tin", not "tranh": a cluster is one sound. */
const CLUSTERS = ["tr", "th", "ch", "nh", "ng", "gi", "qu", "kh", "ph", "gh"]

function begins(folded: string, sound: string): boolean {
  if (!folded.startsWith(sound)) return false
  const cluster = CLUSTERS.find((c) => folded.startsWith(c))
  return cluster === undefined || cluster === sound || sound.length >= cluster.length
}
