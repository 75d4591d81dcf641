import { mkdir, writeFile } from "node:fs/promises"
import path from "node:path"
import { generateSync } from "otplib"
import { onTestFinished } from "vitest"
import { createMediaStore } from "../../bot/media/store.ts"
import { createWebhooks } from "../../admin/webhooks.ts"
import { createArea, type AreaDependencies, staffApiRoutes } from "../../admin/area.ts"
import { createMetrics } from "../../admin/metrics.ts"
import type { SignInPurpose } from "../../admin/routes/channel-sign-ins.ts"
import type { Role } from "../../admin/permissions.ts"
import { createServer } from "../../admin/server.ts"
import { addPerson } from "../../admin/staff/people.ts"
import { hashPassword } from "../../admin/staff/password.ts"
import { channelHealth } from "../../channel-accounts.ts"
import { asideOf, type Language } from "../../app.ts"
import { readConfig } from "../../config.ts"
import { createCatalogue } from "../../knowledge/editing/catalogue.ts"
import { createFileReader } from "../../knowledge/ingest/file-reader.ts"
import { createIngest } from "../../knowledge/ingest/ingest.ts"
import { loadDiacritics } from "../../knowledge/quality/restore.ts"
import { createAccountStore } from "../../bot/accounts/account-store.ts"
import { CHANNEL_KIND_TABLE } from "../../bot/accounts/kinds.ts"
import { createLeases } from "../../bot/accounts/lease.ts"
import { createAccountManager, type FixedAccount } from "../../bot/accounts/manager.ts"
import { createQrSignIns } from "../../bot/accounts/qr-sign-ins.ts"
import { createVault } from "../../bot/accounts/vault.ts"
import { signInToZalo } from "../../bot/channels/zalo-personal/kind.ts"
import type { Database } from "../../prisma/database.ts"
import { embedder, index, lexicon, placeNames, read, smallBase } from "../rag/small-commune.ts"
import { aFolder, aMemory, NOW } from "../prisma/temporary-memory.ts"
import { channelWorld } from "../support/channel-world.ts"
import { fakeChannel } from "../support/fake-channel.ts"
import { fakeAnswer, newId, silent, startEngine } from "../support/house.ts"
import { webChannel } from "../support/web-server.ts"

export const PASSWORD = "bốn con gà trống choai"
export const MINUTE = 60_000
const KEY = Buffer.alloc(32, 7).toString("base64url")

/** A clock that a test moves. */
export interface Clock {
  now: () => Date
  pass: (ms: number) => void
}

function aClock(): Clock {
  let at = NOW.getTime()
  return { now: () => new Date(at), pass: (ms) => void (at += ms) }
}

export interface StaffSite {
  readonly url: string
  readonly file: string
  readonly db: Database
  readonly clock: Clock
  readonly reported: unknown[]
  readonly configured: () => number
  readonly dependencies: AreaDependencies
}

interface SiteGiven {
  /** Built pages, for a real browser. */
  readonly pages?: string
  /** Parts that the test brings itself. */
  readonly own?: Partial<AreaDependencies>
  /** The way to a Zalo that a test plays; without it nobody can sign in there. */
  readonly zalo?: typeof fetch
  /** How long a picture can be scanned, and how long nobody need look at it (ms). */
  readonly qr?: { readonly validMs?: number; readonly idleMs?: number }
}
const language: Language = { lexicon, read, placeNames, embedder, aliases: () => [], reading: readConfig({}).reading }

/** The site with its staff area, on loopback, over a memory and built pages of its own. */
export async function aStaffSite({ pages, own, ...given }: SiteGiven = {}): Promise<StaffSite> {
  const { database: db, file } = await aMemory()
  const folder = await aFolder()
  if (!pages) await writePages(folder)
  const clock = aClock()
  const reported: unknown[] = []
  const report = (error: unknown) => void reported.push(error)
  let configured = 0
  const { reading } = readConfig({})
  const folders = { files: path.join(folder, "files"), inbox: null }
  const reader = createFileReader(reading)
  const ingest = createIngest({ db, reader, folders, newId, report, limits: reading.limits, now: () => new Date() })
  onTestFinished(() => ingest.stop())
  const dependencies: AreaDependencies = {
    ...{ db, newId, report, encryptionKey: KEY, pageFolder: pages ?? folder, now: clock.now },
    media: createMediaStore({ folder: path.join(folder, "media"), now: clock.now }),
    knowledge: () => ({ version: 3, procedures: 2, documents: 1, notices: 1, demo: true, commune: null }),
    ...(await channelAccounts(db, clock)),
    signIns: signIns(given, clock),
    onConfigured: () => Promise.resolve(void (configured += 1)),
    ...{ ingest, maxFileBytes: reading.limits.maxBytes, diacritics: () => loadDiacritics() },
    ...(await aTrial(clock)),
    pictures: { draw: () => Promise.resolve(null) },
    onPublished: () => Promise.resolve(),
    checks: { start: () => Promise.resolve(null), progress: () => null },
    catalogue: createCatalogue(db),
    ...own,
  }
  const web = webChannel({ db })
  const backlog = () => Promise.resolve({ inbox: 0, outbox: 0, failed: 0 })
  const server = createServer({
    webhooks: createWebhooks(() => undefined),
    ...{ chat: web.router, unknownApiPath: web.unknownApiPath, staff: createArea(dependencies) },
    pageFolder: folder,
    metrics: createMetrics({
      channels: () => Promise.resolve(new Map()),
      putOff: () => new Map(),
      backlog,
      knowledge: () => ({ version: 0, records: 0 }),
    }),
    health: () => Promise.resolve({}),
    ...{ trustProxy: 0, report },
  })
  const port = await server.listen("127.0.0.1", 0)
  onTestFinished(() => server.stop())
  return { url: `http://127.0.0.1:${port}`, file, db, clock, reported, configured: () => configured, dependencies }
}

async function writePages(folder: string): Promise<void> {
  await mkdir(path.join(folder, "assets"))
  const page = `<!doctype html><title>Khu quản trị</title><meta property="csp-nonce" nonce="__NONCE__" />`
  await writeFile(path.join(folder, "index.html"), page)
}

/** Answering from the invented commune; what is drafted is indexed for real. */
async function aTrial({ now }: Clock): Promise<Pick<AreaDependencies, "aside" | "toldBase">> {
  const live = await index(smallBase())
  return { aside: asideOf({ live: () => live }, language, { now, newId, report: () => undefined }), toldBase: () => live.base }
}

/** Zalo is not asked by tests: its channels are opened without it. Telegram's are told to ask somebody on loopback. */
const OPENED = new Map(
  [...CHANNEL_KIND_TABLE].map(([name, kind]) => [name, name === "telegram" ? kind : { ...kind, open: withoutPlatform }] as const),
)

function withoutPlatform({ accountId }: { readonly accountId: string }) {
  return Promise.resolve(fakeChannel({ accountId }).channel)
}

/** The channels of the site: a real engine and real accounts, without the timer that looks for other processes' changes. */
async function channelAccounts(db: Database, { now }: Clock) {
  // So few that four citizens are a crowd.
  const engine = await startEngine({ db, answer: fakeAnswer().answer, channels: [], now, perAccountMinute: 3 })
  const store = createAccountStore({ db, vault: createVault(KEY), kinds: CHANNEL_KIND_TABLE, now })
  const holder = { host: "xa", pid: process.pid }
  const manager = createAccountManager({
    ...{ store, engine, kinds: OPENED, logger: silent },
    leases: createLeases({ db, now, holder, isAlive: () => true }),
    fixed: [FIXED],
    world: channelWorld({ now }),
  })
  onTestFinished(() => manager.stop())
  const channels = async () => new Map([...(await channelHealth(engine, manager))].map(([account, { state }]) => [account, state] as const))
  return { accountStore: store, accountManager: manager, wake: engine.wake, channels }
}

/** Signing in to the Zalo of the test. */
function signIns({ zalo = unreachable, qr: { validMs, idleMs } = {} }: SiteGiven, { now }: Clock) {
  const made = createQrSignIns<SignInPurpose>({
    signIn: (watch, known) => signInToZalo(watch, { now, fetch: zalo, ...(validMs ? { validMs } : {}), ...(known ? { known } : {}) }),
    logger: silent,
    ...(idleMs ? { idleMs } : {}),
  })
  onTestFinished(() => made.stop())
  return made
}

const unreachable = () => Promise.reject(new Error("no Zalo in this test"))

/** The bot that the environment names; switched off, so that nothing is asked of it. */
export const FIXED = {
  account: { accountId: "telegram:777", kind: "telegram", name: "Telegram (.env)", enabled: false, settings: {}, version: 1 },
  secrets: { token: "777:env" },
} as const satisfies FixedAccount

/** Every contract of the staff area. */
export const contractsOf = ({ dependencies }: StaffSite) => staffApiRoutes(dependencies).map(({ contract }) => contract)

interface Given {
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  // What a route answers differs from route to route; tests look at what they expect.
  readonly body: Record<string, unknown> & { readonly error?: { code: string; message: string; fields?: Record<string, string> } }
}

export interface Browser {
  cookie: string | null
  readonly call: (method: string, path: string, given?: Given) => Promise<Reply>
}

/** A browser of its own, with its cookie, that calls as our pages do. */
export function aBrowser({ url }: StaffSite): Browser {
  const browser: Browser = {
    cookie: null,
    async call(method, target, { body, headers } = {}) {
      const response = await fetch(`${url}/api/quan-tri${target}`, {
        method,
        headers: {
          "x-quan-tri": "1",
          "user-agent": "Firefox",
          ...(browser.cookie ? { cookie: browser.cookie } : {}),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      })
      const set = response.headers.get("set-cookie")?.split(";")[0]
      if (set) browser.cookie = set.endsWith("=") ? null : set
      return { status: response.status, headers: response.headers, body: (await response.json()) as Reply["body"] }
    },
  }
  return browser
}

/** Adds a member of staff straight to the memory. */
export async function aPerson({ db, clock }: StaffSite, account: string, roles: readonly Role[]): Promise<string> {
  const id = newId()
  const passwordHash = await hashPassword(PASSWORD)
  await db.$transaction((tx) => addPerson(tx, { id, account, name: "Nguyễn Văn An", roles, passwordHash, now: clock.now() }))
  return id
}

export const signIn = (browser: Browser, account: string, more: Record<string, string> = {}) =>
  browser.call("POST", "/session", { body: { account, password: PASSWORD, ...more } })

/** A signed-in browser of a new member of staff. */
export async function signedIn(site: StaffSite, account: string, roles: readonly Role[]): Promise<Browser & { id: string }> {
  const id = await aPerson(site, account, roles)
  const browser = aBrowser(site)
  const { status } = await signIn(browser, account)
  if (status !== 200) throw new Error(`sign-in gave ${status}`)
  return Object.assign(browser, { id })
}

/** What an authenticator app shows at this moment. */
export const codeOf = (secret: string, now: Date) => generateSync({ secret, epoch: Math.floor(now.getTime() / 1000) })

export const kindsOf = async ({ db }: StaffSite) => (await db.auditEntry.findMany({ orderBy: { seq: "asc" } })).map(({ kind }) => kind)
