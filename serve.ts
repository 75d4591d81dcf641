import { existsSync } from "node:fs"
import path from "node:path"
import { type Checks, createChecks } from "./admin/publishing/checks.ts"
import { createMetrics, type Metrics } from "./admin/metrics.ts"
import { createServer } from "./admin/server.ts"
import { createWebhooks } from "./admin/webhooks.ts"
import { hasAdmin } from "./admin/staff/people.ts"
import { renewSetupLink, setupPath } from "./admin/staff/setup-link.ts"
import { openInstallation, openLanguage, outside, type Installation, type Outside } from "./app.ts"
import { startBackups } from "./backup-job.ts"
import { createEngine, type Engine } from "./bot/engine.ts"
import { createDesk } from "./bot/desk.ts"
import { startForgetting } from "./bot/media/forgetting.ts"
import { createMedia, type Media } from "./bot/media/media.ts"
import { createWebChannel, type WebChannel } from "./bot/channels/web/channel.ts"
import { storedUploads } from "./bot/channels/web/stored-uploads.ts"
import { vi } from "./bot/texts/conversation.ts"
import { communeOf, promisedDays, webInfoOf } from "./bot/commune.ts"
import { channelAccounts, type ChannelAccounts, channelHealth } from "./channel-accounts.ts"
import type { Config } from "./config.ts"
import { createFileReader } from "./knowledge/ingest/file-reader.ts"
import { createIngest, type Ingest } from "./knowledge/ingest/ingest.ts"
import { createPagePictures, type PagePictures } from "./knowledge/ingest/page-pictures.ts"
import { createLogger, type Logger } from "./logger.ts"
import { staffArea } from "./staff-area.ts"

/** The running product. */
export interface Service {
  readonly url: string
  /** The one-time link; null once the commune is named and has an administrator. */
  readonly setupUrl: string | null
  readonly installation: Installation
  readonly engine: Engine
  /** Takes in files from staff and from the watched folder. */
  readonly ingest: Ingest
  /** Ends it in order: no new work, what has begun is finished, then the memory is closed. */
  stop(): Promise<void>
}

/** How often another process's import is looked for, … */
const REFRESH_MS = 3000
/** … and chats that their officer has forgotten. */
const RELEASE_MS = 60_000

/** How long open lines may live on after everything has ended. */
const EXIT_MS = 1000

interface StartOptions {
  readonly logger: Logger
  readonly world?: Outside
  /** Built pages, where they are not in their usual place. */
  readonly pageFolder?: string
  readonly staffFolder?: string
}

/** Makes and joins every part and opens the doors: web, and the channels that staff or the environment named. */
export async function startService(config: Config, options: StartOptions): Promise<Service> {
  const { logger } = options
  const world = options.world ?? outside((error) => logger.error({ err: error }, "unexpected error"))
  const installation = await openInstallation(config, await openLanguage(config), world)
  const { db, shelf, dataDir } = installation
  for (const warning of dataDir.warnings) logger.warn({}, warning)
  const conversation = joinConversation(config, { installation, world, logger })
  const { engine, accounts, desk, media } = conversation
  const pages = { page: options.pageFolder ?? pageFolder(), staffPages: options.staffFolder }
  const ingest = ingestOf(config, installation, world)
  const pictures = createPagePictures(config.reading)
  const checks = createChecks({ db, aside: installation.aside, ...world })
  const server = serverOf(config, { installation, world, ingest, pictures, checks, ...conversation, ...pages })
  await engine.start()
  const port = await server.listen(config.http.host, config.http.port)
  await accounts.manager.start()
  await media.collector.start()
  ingest.start()
  await checks.resume()
  const stopTimers = every(
    [
      [REFRESH_MS, () => shelf.refresh()],
      [RELEASE_MS, () => desk.releaseForgotten()],
    ],
    world.report,
  )
  const stopForgetting = forgetting(config, { installation, world, media })
  const stopBackups = startBackups(config, { logger, now: world.now })
  const url = siteOf({ host: config.http.host, port })
  const settled = shelf.live().base.home !== null && (await hasAdmin(db))
  const setupUrl = settled ? null : new URL(setupPath(await renewSetupLink(db, world.now())), url).href
  return {
    url,
    setupUrl,
    installation,
    engine,
    ingest,
    async stop() {
      stopTimers()
      await Promise.all([stopForgetting(), stopBackups()])
      await Promise.all([ingest.stop(), pictures.close(), checks.stop()])
      await media.collector.stop()
      accounts.signIns.stop()
      await accounts.manager.stop()
      await engine.stop()
      await server.stop()
      await installation.close()
    },
  }
}

/** Everything that talks with citizens. */
function joinConversation(config: Config, { installation, world, logger }: { installation: Installation; world: Outside; logger: Logger }) {
  const { db, shelf, dataDir } = installation
  const shared = { db, texts: vi, logger, now: world.now, newId: world.newId, pseudonymKey: dataDir.secrets.pseudonymKey }
  const media = createMedia({
    ...shared,
    folder: path.join(dataDir.path, "media"),
    limits: config.media.limits,
    channel: (accountId) => engine.channel(accountId),
    wake: (conversation) => engine.wake(conversation),
  })
  const uploads = storedUploads(media, vi.api)
  const web = createWebChannel({ ...shared, info: () => webInfoOf(shelf.live()), widgetOrigins: config.widgetOrigins, uploads })
  const metrics = metricsOf(installation, { health: () => channelHealth(engine, accounts.manager), putOff: () => engine.putOff() })
  const commune = () => communeOf(shelf.live())
  const engine: Engine = createEngine({
    ...shared,
    answer: metrics.observe(installation.answer),
    perAccountMinute: config.perAccountMinute,
    channels: [web],
    commune,
    onMedia: (accountId) => media.collector.collect(accountId),
    openAttachment: media.openAttachment,
  })
  const desk = createDesk({ ...shared, commune, wake: engine.wake })
  const accounts = channelAccounts(config, { installation, engine, desk, media, world, logger })
  return { media, web, metrics, engine, accounts, desk }
}

/** Where the site is, as this machine reaches it. */
export const siteOf = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  `http://${host.includes(":") ? `[${host}]` : host}:${port}/`

/** Citizens' photos and files go after the days that are set, or sooner where the commune has promised that. */
function forgetting(config: Config, { installation, world, media }: { installation: Installation; world: Outside; media: Media }) {
  const promised = () => promisedDays(installation.shelf.live()) ?? Number.POSITIVE_INFINITY
  return startForgetting({ ...world, forget: media.forget, keepDays: () => Math.min(config.media.keepDays, promised()) })
}

function ingestOf({ reading }: Config, { db, dataDir }: Installation, { now, newId, report }: Outside): Ingest {
  const folders = { files: dataDir.files, inbox: dataDir.inbox }
  return createIngest({ db, limits: reading.limits, reader: createFileReader(reading), folders, now, newId, report })
}

function metricsOf(
  { db, shelf }: Installation,
  { health, putOff }: { health: () => ReturnType<typeof channelHealth>; putOff: Engine["putOff"] },
): Metrics {
  return createMetrics({
    putOff,
    channels: async () => new Map([...(await health())].map(([account, { state }]) => [account, state])),
    backlog: async () => ({
      inbox: await db.inboxEvent.count({ where: { state: "pending" } }),
      outbox: await db.outboxMessage.count({ where: { state: { in: ["pending", "sending"] } } }),
      failed: await db.outboxMessage.count({ where: { state: { in: ["failed", "unknown"] } } }),
    }),
    knowledge: () => ({ version: shelf.live().base.version, records: shelf.live().base.digests.size }),
  })
}

interface ServerParts {
  readonly installation: Installation
  readonly web: WebChannel
  readonly media: Media
  readonly metrics: Metrics
  readonly engine: Engine
  readonly accounts: ChannelAccounts
  readonly world: Outside
  readonly page: string
  readonly staffPages: string | undefined
  readonly ingest: Ingest
  readonly pictures: PagePictures
  readonly checks: Checks
}

function serverOf(
  config: Config,
  { installation, web, media, metrics, engine, accounts, world, page, staffPages, ingest, pictures, checks }: ServerParts,
) {
  const { db, shelf } = installation
  return createServer({
    chat: web.router,
    unknownApiPath: web.unknownApiPath,
    webhooks: createWebhooks((accountId) => engine.channel(accountId)?.webhook),
    staff: staffArea(installation, {
      ...{ world, engine, accounts, media: media.store, pages: staffPages },
      ...{ ingest, pictures, checks, maxFileBytes: config.reading.limits.maxBytes },
    }),
    pageFolder: page,
    metrics,
    health: async () => {
      await db.setting.count()
      const { base } = shelf.live()
      return {
        knowledge: { version: base.version, records: base.digests.size, demo: base.demo },
        channels: Object.fromEntries([...(await channelHealth(engine, accounts.manager))].map(([account, { state }]) => [account, state])),
      }
    },
    trustProxy: config.http.trustProxy,
    report: world.report,
  })
}

/** Runs tasks again and again; a failure is reported and the next turn comes. */
function every(tasks: readonly (readonly [ms: number, task: () => Promise<unknown>])[], report: (error: unknown) => void): () => void {
  const timers = tasks.map(([ms, task]) => setInterval(() => void task().catch(report), ms).unref())
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}

/** The built page lies beside the built program; run from source, in dist/. */
function pageFolder(): string {
  const page = path.join("bot", "channels", "web", "page")
  const beside = path.join(import.meta.dirname, page)
  return existsSync(path.join(beside, "assets")) ? beside : path.join(import.meta.dirname, "dist", page)
}

/** Starts the product, says where it is, and waits for SIGTERM or SIGINT. */
export async function serve(config: Config, print: (text: string) => void): Promise<void> {
  const stopping = new Promise<void>((resolve) => {
    process.once("SIGTERM", () => resolve())
    process.once("SIGINT", () => resolve())
  })
  const service = await startService(config, { logger: createLogger(config.logLevel) })
  print(welcome(service, config))
  await stopping
  print("Đang dừng, xin chờ giây lát…")
  await service.stop()
  print("Đã dừng. Không mất tin nhắn nào.")
  // A line that hangs must not hold the process; the timer itself holds nothing.
  setTimeout(() => process.exit(), EXIT_MS).unref()
}

function welcome({ url, setupUrl, installation }: Service, config: Config): string {
  const { base } = installation.shelf.live()
  return [
    "Trợ lý Xã đã sẵn sàng.",
    `  Trang hỏi đáp của người dân: ${url}`,
    `  Khu quản trị:                ${url}quan-tri`,
    ...(setupUrl ? [`  Liên kết thiết lập (dùng một lần): ${setupUrl}`] : []),
    `  Kênh đang mở: trang web${config.telegram ? ", Telegram" : ""}.${config.telegram ? "" : " Telegram đang tắt (chưa có TELEGRAM_BOT_TOKEN)."}`,
    `  Kiến thức: bản ${base.version}, ${base.procedures.length} thủ tục, ${base.documents.length} văn bản, ${base.notices.length} thông tin công khai${base.demo ? " – DỮ LIỆU MINH HỌA" : ""}.`,
    "  Dừng chương trình: bấm Ctrl+C.",
  ].join("\n")
}
