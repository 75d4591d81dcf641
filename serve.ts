import { existsSync } from "node:fs"
import path from "node:path"
import { createMetrics, type Metrics } from "./admin/metrics.ts"
import { createServer } from "./admin/server.ts"
import { renewSetupLink } from "./admin/setup-link.ts"
import { createSetupRouter } from "./admin/setup.ts"
import { openInstallation, openLanguage, outside, type Installation, type Outside } from "./app.ts"
import { createEngine, type Engine } from "./bot/engine.ts"
import type { Channel } from "./bot/message.ts"
import { createWebChannel, type WebChannel } from "./bot/channels/web/channel.ts"
import { vi } from "./bot/texts/conversation.ts"
import { communeOf, webInfoOf } from "./bot/commune.ts"
import type { Config } from "./config.ts"
import { createLogger, type Logger } from "./logger.ts"

/** The running product. */
export interface Service {
  readonly url: string
  /** The one-time link; null once the commune is named. */
  readonly setupUrl: string | null
  readonly installation: Installation
  readonly engine: Engine
  /** Ends it in order: no new work, what has begun is finished, then the memory is closed. */
  stop(): Promise<void>
}

/** How often another process's import is looked for. */
const REFRESH_MS = 3000

/** Makes and joins every part and opens the doors: web, and Telegram when it has a token. */
export async function startService(config: Config, options: { logger: Logger; world?: Outside; pageFolder?: string }): Promise<Service> {
  const { logger } = options
  const world = options.world ?? outside((error) => logger.error({ err: error }, "unexpected error"))
  const installation = await openInstallation(config, await openLanguage(config), world)
  const { db, shelf, dataDir } = installation
  for (const warning of dataDir.warnings) logger.warn({}, warning)
  const shared = { db, texts: vi, logger, now: world.now, newId: world.newId, pseudonymKey: dataDir.secrets.pseudonymKey }
  const web = createWebChannel({ ...shared, info: () => webInfoOf(shelf.live()) })
  const channels: Channel[] = [web, ...(await openTelegram(config, { logger, now: world.now }))]
  const metrics = metricsOf(installation, () => engine)
  const engine = createEngine({ ...shared, answer: metrics.observe(installation.answer), channels, commune: () => communeOf(shelf.live()) })
  const server = serverOf(config, { installation, web, metrics, engine: () => engine, world, page: options.pageFolder ?? pageFolder() })
  await engine.start()
  const port = await server.listen(config.http.host, config.http.port)
  const timer = setInterval(() => void shelf.refresh().catch(world.report), REFRESH_MS)
  timer.unref()
  const url = `http://${config.http.host.includes(":") ? `[${config.http.host}]` : config.http.host}:${port}/`
  const setupUrl = shelf.live().base.home ? null : `${url}quan-tri/thiet-lap?ma=${await renewSetupLink(db, world.now())}`
  return {
    url,
    setupUrl,
    installation,
    engine,
    async stop() {
      clearInterval(timer)
      await engine.stop()
      await server.stop()
      await installation.close()
    },
  }
}

/** The Telegram library is loaded only where it is used. */
async function openTelegram({ telegram }: Config, { logger, now }: { logger: Logger; now: () => Date }): Promise<Channel[]> {
  if (!telegram) return []
  const { createTelegramChannel } = await import("./bot/channels/telegram/channel.ts")
  return [
    createTelegramChannel({ token: telegram.token, ...(telegram.apiRoot ? { apiRoot: telegram.apiRoot } : {}), texts: vi, logger, now }),
  ]
}

function metricsOf({ db, shelf }: Installation, engine: () => Engine): Metrics {
  return createMetrics({
    channels: () => new Map([...engine().health()].map(([account, { state }]) => [account, state === "online" ? 1 : 0])),
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
  readonly metrics: Metrics
  readonly engine: () => Engine
  readonly world: Outside
  readonly page: string
}

function serverOf(config: Config, { installation, web, metrics, engine, world, page }: ServerParts) {
  const { db, shelf } = installation
  const refresh = async () => {
    await shelf.refresh()
  }
  return createServer({
    chat: web.router,
    unknownApiPath: web.unknownApiPath,
    setup: createSetupRouter({ db, now: world.now, onConfigured: refresh }),
    pageFolder: page,
    metrics,
    health: async () => {
      await db.setting.count()
      const { base } = shelf.live()
      return {
        knowledge: { version: base.version, records: base.digests.size, demo: base.demo },
        channels: Object.fromEntries([...engine().health()].map(([account, health]) => [account, health.state])),
      }
    },
    trustProxy: config.http.trustProxy,
    report: world.report,
  })
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
