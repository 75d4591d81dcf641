import { changesOf, firstKept, RELEASE_ORIGINS, type ReleaseChanges, returnToRelease as goBack } from "../../knowledge/releases.ts"
import { releaseNumber, TRANSACTION } from "../../knowledge/store.ts"
import type { Database } from "../../prisma/database.ts"
import { pageOfQuery } from "../api/page.ts"
import { conflict } from "../api/refusal.ts"
import { type ApiRoute, read, write } from "../api/route.ts"
import { listReleases, type ReleaseRow, returnToRelease } from "../contract/publishing.ts"
import { publishingRefusals as texts } from "../publishing/texts.ts"
import { refusals } from "../texts.ts"

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
    const found = await db.knowledgeRelease.findMany(pageOfQuery(query))
    const [live, first] = [await releaseNumber(db), await firstKept(db)]
    const rows: ReleaseRow[] = []
    for (const { number, createdAt, origin, byName, reason, repeats, recordCount } of found) {
      rows.push({
        ...{ number, reason, repeats, by: byName, records: recordCount, at: createdAt.toISOString() },
        origin: RELEASE_ORIGINS.find((known) => known === origin) ?? "import",
        changes: shortened(await changesOf(db, number)),
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
const NAMED = 20

const shortened = (changes: ReleaseChanges | null): ReleaseRow["changes"] =>
  changes && { added: counted(changes.added), changed: counted(changes.changed), withdrawn: counted(changes.withdrawn) }

const counted = (names: readonly string[]) => ({ count: names.length, first: names.slice(0, NAMED) })
