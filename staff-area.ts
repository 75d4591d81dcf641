import { existsSync } from "node:fs"
import path from "node:path"
import { createArea } from "./admin/area.ts"
import type { Checks } from "./admin/publishing/checks.ts"
import { type ChannelAccounts, channelHealth } from "./channel-accounts.ts"
import type { Installation, Outside } from "./app.ts"
import type { Engine } from "./bot/engine.ts"
import type { MediaStore } from "./bot/media/store.ts"
import { createCatalogue } from "./knowledge/editing/catalogue.ts"
import type { Ingest } from "./knowledge/ingest/ingest.ts"
import type { PagePictures } from "./knowledge/ingest/page-pictures.ts"
import { loadDiacritics } from "./knowledge/quality/restore.ts"

interface Parts {
  readonly world: Outside
  readonly engine: Pick<Engine, "health" | "wake">
  readonly accounts: ChannelAccounts
  readonly media: MediaStore
  readonly ingest: Ingest
  readonly pictures: PagePictures
  readonly checks: Checks
  readonly maxFileBytes: number
  /** Built pages, where they are not in their usual place. */
  readonly pages: string | undefined
}

/** Joins the staff area with the running product. */
export function staffArea(
  { db, dataDir, shelf, aside }: Installation,
  { world, engine, accounts, pages, ...files }: Parts,
): ReturnType<typeof createArea> {
  const refresh = async () => {
    await shelf.refresh()
  }
  return createArea({
    ...{ db, aside },
    ...world,
    ...files,
    // Read from disk each time it is asked for: thirty megabytes that are seldom needed.
    diacritics: () => loadDiacritics(),
    onPublished: refresh,
    catalogue: createCatalogue(db),
    encryptionKey: dataDir.secrets.encryptionKey,
    pageFolder: pages ?? pageFolder(),
    accountStore: accounts.store,
    accountManager: accounts.manager,
    signIns: accounts.signIns,
    wake: engine.wake,
    channels: async () => new Map([...(await channelHealth(engine, accounts.manager))].map(([account, { state }]) => [account, state])),
    knowledge: () => {
      const { version, procedures, documents, notices, demo, home } = shelf.live().base
      const counts = { procedures: procedures.length, documents: documents.length, notices: notices.length }
      return { version, demo, ...counts, commune: home?.commune ?? null }
    },
    toldBase: () => shelf.live().base,
    onConfigured: refresh,
  })
}

/** The built pages lie beside the built program; run from source, in dist/. */
function pageFolder(): string {
  const beside = path.join(import.meta.dirname, "admin", "web")
  return existsSync(path.join(beside, "assets")) ? beside : path.join(import.meta.dirname, "dist", "admin", "web")
}
