import { type Checks, createChecks } from "../../admin/publishing/checks.ts"
import type { CheckRow } from "../../admin/contract/publishing.ts"
import type { AreaDependencies } from "../../admin/area.ts"
import { asideOf, type Language } from "../../app.ts"
import { readConfig } from "../../config.ts"
import type { KnowledgeItem } from "../../knowledge/item.ts"
import { procedureItem } from "../../knowledge/item.ts"
import { saveItems } from "../../knowledge/store.ts"
import { openShelf, type Shelf } from "../../rag/shelf.ts"
import { aFolder, NOW } from "../prisma/temporary-memory.ts"
import { embedder, lexicon, placeNames, PROCEDURES, read } from "../rag/small-commune.ts"
import { newId } from "../support/house.ts"
import { until } from "../support/until.ts"
import { aStaffSite, type Browser, type StaffSite } from "./staff-site.ts"

export interface Office {
  readonly site: StaffSite
  /** The checks as another start of the program makes them. */
  readonly newChecks: () => Checks
  readonly shelf: Shelf
  readonly answer: (text: string) => Promise<string>
}

const language: Language = { lexicon, read, placeNames, embedder, aliases: () => [], reading: readConfig({}).reading }

/** A staff site over the invented commune, with the real shelf, answers and checks. */
export async function anOffice(): Promise<Office> {
  const parts: { shelf?: Shelf; checks?: AreaDependencies["checks"] } = {}
  const own: Partial<AreaDependencies> = {
    checks: {
      start: (order) => parts.checks?.start(order) ?? Promise.resolve(null),
      progress: (id) => parts.checks?.progress(id) ?? null,
    },
    onPublished: async () => {
      await parts.shelf?.refresh()
    },
  }
  const site = await aStaffSite({ own })
  const { db, clock, reported } = site
  await tell(site, PROCEDURES.map(procedureItem))
  const { shelf } = await openShelf({ db, folder: await aFolder(), ...language })
  const report = (error: unknown) => void reported.push(error)
  const aside = asideOf(shelf, language, { now: clock.now, newId, report })
  parts.shelf = shelf
  const newChecks = () => {
    const checks = createChecks({ db, aside, now: clock.now, newId, report })
    parts.checks = checks
    return checks
  }
  newChecks()
  return { site, newChecks, shelf, answer: async (text) => (await aside.answer(shelf.live())({ text })).text }
}

/** Publishes as an import does. */
export const tell = ({ db }: StaffSite, items: readonly KnowledgeItem[]) =>
  saveItems(db, items, { now: NOW, newId, demo: false, importedFrom: "tệp" })

/** Saves a draft and hands it on; returns it as a check wants it. */
export async function submitted(
  browser: Browser,
  { kind, body }: KnowledgeItem,
  more: object = {},
): Promise<{ id: string; version: number }> {
  const saved = await browser.call("POST", "/drafts", { body: { kind, body, seen: null, ...more } })
  const { id, version } = saved.body["draft"] as { id: string; version: number }
  await browser.call("POST", `/drafts/${id}/review`, { body: { version } })
  return { id, version: version + 1 }
}

/** Starts a check and waits for what it shows. */
export const checked = (browser: Browser, drafts: readonly { id: string; version: number }[]) => checkOf(browser, { drafts })

/** The same of a file that was read. */
export const fileChecked = (browser: Browser, file: { id: string; version: string }) => checkOf(browser, { file })

async function checkOf(browser: Browser, body: Record<string, unknown> & { readonly file?: { readonly id: string } }): Promise<CheckRow> {
  const { status, body: reply } = await browser.call("POST", "/publications/checks", { body })
  if (status !== 200) throw new Error(JSON.stringify(reply))
  return settledCheck(browser, body.file?.id)
}

/** What the newest check showed. */
export const settledCheck = (browser: Browser, file = ""): Promise<CheckRow> =>
  until(async () => {
    const check = await newestCheck(browser, file)
    if (!check || check.state === "running") throw new Error("still running")
    return check
  })

export const newestCheck = async (browser: Browser, file = "") =>
  (await browser.call("GET", `/publications/check?file=${file}`)).body["check"] as CheckRow | null

export const publish = (browser: Browser, { id }: { id: string }, reason = "") =>
  browser.call("POST", `/publications/checks/${id}/publish`, { body: { reason } })
