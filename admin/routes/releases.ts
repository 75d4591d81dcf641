import { storedRecord } from "../../knowledge/editing/records.ts"
import { KNOWLEDGE_KINDS } from "../../knowledge/item.ts"
import { changesOf, firstKept, RELEASE_ORIGINS, type ReleaseChanges, returnToRelease as goBack } from "../../knowledge/releases.ts"
import { releaseNumber, TRANSACTION } from "../../knowledge/store.ts"
import type { Database } from "../../prisma/database.ts"
import { pageOfQuery } from "../api/page.ts"
import { conflict } from "../api/refusal.ts"
import { type ApiRoute, read, write } from "../api/route.ts"
import { listReleases, type ReleaseRow, returnToRelease } from "../contract/publishing.ts"
import { publishingRefusals as texts } from "../publishing/texts.ts"
import { refusals } from "../texts.ts"
import { nameOf } from "./drafts.ts"

export interface ReleaseDependencies {
  readonly db: Database
  readonly newId: () => string
  /** Brings what was just published before the citizens. */
  readonly onPublished: () => Promise<void>
}

/** What was told from when on, and bringing an older release back. */
export const releaseRoutes = (dependencies: ReleaseDependencies): ApiRoute[] => [listing(dependencies), returning(dependencies)]

function listing({ db }: ReleaseDependencies): ApiRoute {
  return read(listReleases, async ({ query }) => {
    const found = await db.knowledgeRelease.findMany(pageOfQuery(query, "number"))
    const [live, first] = [await releaseNumber(db), await firstKept(db)]
    const called = naming(db)
    const rows: ReleaseRow[] = []
    for (const { number, createdAt, origin, byName, reason, repeats, recordCount } of found) {
      rows.push({
        ...{ number, reason, repeats, by: byName, records: recordCount, at: createdAt.toISOString() },
        origin: RELEASE_ORIGINS.find((known) => known === origin) ?? "import",
        changes: await shortened(await changesOf(db, number), called),
        current: live,
        kept: first !== null && number >= first,
      })
    }
    return { rows, total: await db.knowledgeRelease.count() }
  })
}

function returning({ newId, onPublished }: ReleaseDependencies): ApiRoute {
  return write(returnToRelease, {
    patience: TRANSACTION,
    async act(tx, { params: { number }, body: { live, reason }, actor, now }) {
      if ((await releaseNumber(tx)) !== live) throw conflict(refusals.overtaken)
      const returned = await goBack(tx, { to: number, by: actor.name, reason, now, newId })
      if (returned.outcome === "unknown") throw conflict(texts.unknownRelease)
      if (returned.outcome === "same") throw conflict(texts.sameRelease)
      const { number: release, changed, withdrawn } = returned
      const details = { release, repeats: number, reason, changed, withdrawn }
      return { reply: { release }, log: { kind: "release.returned", subject: `release:${release}`, details }, afterwards: onPublished }
    },
  })
}

/** Of an import of thousands the first few are named, the others counted. */
const NAMED = 5

type Naming = (name: string) => Promise<string>

async function shortened(changes: ReleaseChanges | null, nameOf: Naming): Promise<ReleaseRow["changes"]> {
  if (!changes) return null
  const counted = async (names: readonly string[]) => {
    const first: string[] = []
    for (const name of names.slice(0, NAMED)) first.push(await nameOf(name))
    return { count: names.length, first }
  }
  return { added: await counted(changes.added), changed: await counted(changes.changed), withdrawn: await counted(changes.withdrawn) }
}

/** What people call a record ("procedure:1.001193"), by its newest wording; each is read once. */
function naming(db: Database): Naming {
  const known = new Map<string, string>()
  return async (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const [kind, ...key] = name.split(":")
    const found = KNOWLEDGE_KINDS.find((each) => each === kind)
    const stored = found ? await storedRecord(db, { kind: found, key: key.join(":") }) : null
    const called = stored ? nameOf(stored.item) : name
    known.set(name, called)
    return called
  }
}
