import type { Database } from "../prisma/database.ts"
import { loadBase, releaseNumber } from "../knowledge/store.ts"
import type { Embedder } from "./embedder.ts"
import { loadSnapshot, saveSnapshot, type Snapshot } from "./index/snapshot.ts"
import type { Space, SpaceContent } from "./index/space.ts"
import { indexKnowledge, openKnowledge, SPACES, type IndexReport, type LiveKnowledge, type SpaceName } from "./live.ts"
import type { Lexicon } from "./understand/lexicon.ts"

interface Dependencies {
  readonly db: Database
  readonly folder: string
  readonly embedder: Embedder
  readonly lexicon: Lexicon
  readonly placeNames: readonly string[]
}

/** The published knowledge with its indexes, kept in step with the database. */
export interface Shelf {
  live(): LiveKnowledge
  /** Brings a newer release in, if there is one: built aside, then swapped whole. Null when nothing was newer. */
  refresh(): Promise<IndexReport | null>
}

/** Opens the published knowledge: from the snapshot when it is of this very content, else indexed anew where it differs. */
export async function openShelf(dependencies: Dependencies): Promise<{ shelf: Shelf; report: IndexReport }> {
  let current = await bring(dependencies, null)
  let running: Promise<IndexReport | null> | null = null
  const renew = async () => {
    if ((await releaseNumber(dependencies.db)) === current.live.base.version) return null
    current = await bring(dependencies, contentsOf(current.live.spaces))
    return current.report
  }
  const shelf: Shelf = {
    live: () => current.live,
    refresh() {
      running ??= renew().finally(() => (running = null))
      return running
    },
  }
  return { shelf, report: current.report }
}

type Contents = Readonly<Partial<Record<SpaceName, SpaceContent>>>

async function bring(parts: Dependencies, known: Contents | null): Promise<{ live: LiveKnowledge; report: IndexReport }> {
  const started = performance.now()
  const base = await loadBase(parts.db)
  const identity = { embedder: parts.embedder.name, dimensions: parts.embedder.dimensions }
  const snapshot = known ? null : await loadSnapshot(parts.folder, identity)
  const stored = snapshot ? complete(snapshot) : null
  if (snapshot && stored && snapshot.knowledge === base.digest) {
    const live = openKnowledge(base, stored, parts)
    return { live, report: { reused: countUnits(stored), indexed: 0, ms: performance.now() - started } }
  }
  const built = await indexKnowledge(base, { ...parts, previous: known ?? (stored ? contentsOf(stored) : {}) })
  await saveSnapshot(parts.folder, { knowledge: base.digest, spaces: built.live.spaces }, identity)
  return built
}

function complete({ spaces }: Snapshot): Record<SpaceName, Space> | null {
  return SPACES.every((name) => name in spaces) ? (spaces as Record<SpaceName, Space>) : null
}

/** What an index holds, for building the next one from it. */
export const contentsOf = (spaces: Readonly<Record<SpaceName, Space>>): Contents =>
  Object.fromEntries(SPACES.map((name) => [name, spaces[name].content]))

const countUnits = (spaces: Readonly<Record<SpaceName, Space>>) => SPACES.reduce((sum, name) => sum + spaces[name].content.units.length, 0)
