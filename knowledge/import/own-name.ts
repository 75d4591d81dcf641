/** Names of one matter share at least this much of their words (Dice), however a ministry rewords them. */
const SAME_MATTER = 0.25
/** Words that names of all matters share. */
const EVERYWHERE: ReadonlySet<string> = new Set("thủ tục thực hiện tại cấp của và các đối với".split(" "))

interface Named {
  readonly name: string
  /** The name that the national catalogue has for the code; empty where it is unknown. */
  readonly catalog_name: string
}

/**
 * The name that a record is told under, and whether its text belongs to that name. The crawl files the text of some
 * procedures under the code of another one: then the catalogue's name is right, and the text is not this procedure's. A
 * name that was cut at the end of a line is told whole.
 */
export function ownNameOf({ name, catalog_name: official }: Named): { readonly name: string; readonly isOwnText: boolean } {
  if (official === "" || official === name) return { name, isOwnText: true }
  if (likenessOf(name, official) < SAME_MATTER) return { name: official, isOwnText: false }
  return { name: official.startsWith(name) ? official : name, isOwnText: true }
}

/** What two names have in common: twice the shared words over all words, 0 to 1. */
function likenessOf(a: string, b: string): number {
  const [first, second] = [wordsOf(a), wordsOf(b)]
  const shared = [...first].filter((word) => second.has(word)).length
  return (2 * shared) / (first.size + second.size || 1)
}

const wordsOf = (name: string): ReadonlySet<string> =>
  new Set(
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== "" && !EVERYWHERE.has(word)),
  )
