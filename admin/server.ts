import { createServer as createHttpServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import path from "node:path"
import express, { Router, type RequestHandler } from "express"
import helmet from "helmet"
import { InstallationError } from "../errors.ts"
import type { Metrics } from "./metrics.ts"

interface Dependencies {
  /** The chat's routes, from bot/. */
  readonly chat: Router
  /** Answers every other `/api/…` path. */
  readonly unknownApiPath: Router
  /** What platforms call. */
  readonly webhooks: Router
  /** The staff area: pages under `/quan-tri` and their API. */
  readonly staff: Router
  /** Built chat page. */
  readonly pageFolder: string
  readonly metrics: Metrics
  /** What `/healthz` tells; a rejection means that the program is not well. */
  readonly health: () => Promise<Readonly<Record<string, unknown>>>
  readonly trustProxy: number
  readonly report: (error: unknown) => void
}

export interface HttpServer {
  /** Listens and tells the port. Throws InstallationError when the port is taken or not allowed. */
  listen(host: string, port: number): Promise<number>
  /** Stops taking connections and ends those that are open. */
  stop(): Promise<void>
}

/** The one web server: chat page and API, staff area, health and metrics, all with strict security headers. */
export function createServer(dependencies: Dependencies): HttpServer {
  const app = express()
  app.disable("x-powered-by")
  app.set("trust proxy", dependencies.trustProxy)
  app.use(helmet(HEADERS))
  app.use(tellingFaults(routes(dependencies), dependencies.report))
  return lifeOf(createHttpServer(app))
}

function routes({ chat, unknownApiPath, staff, webhooks, pageFolder, metrics, health }: Dependencies): Router {
  const router = Router()
  router.get("/healthz", async (_request, response) => {
    response.json({ status: "ok", ...(await health()) })
  })
  router.get("/metrics", async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.render())
  })
  router.use("/webhook", webhooks)
  router.use(staff)
  router.use(chat)
  router.use(unknownApiPath)
  router.use("/assets", express.static(path.join(pageFolder, "assets"), { immutable: true, maxAge: "1y", index: false }))
  router.get("/widget.js", (_request, response, next) => {
    // The one file that pages of other sites load; whether they may ask anything is decided by the API.
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin")
    next()
  })
  router.use(express.static(pageFolder, { maxAge: 0 }))
  return router
}

/** What no route serves is not found; what goes wrong in one is reported and told without details. */
function tellingFaults(site: Router, report: (error: unknown) => void): RequestHandler {
  return (request, response, next) => {
    site(request, response, (error?: unknown) => {
      if (response.headersSent) {
        next(error)
        return
      }
      if (error === undefined) return response.status(404).json({ error: { code: "not_found", message: "Không có trang này." } })
      const fault = sendersFault(error)
      if (fault) return response.status(fault).json({ error: { code: "bad_request", message: "Yêu cầu chưa đúng, xin ông/bà thử lại." } })
      report(error)
      response.status(500).json({ error: { code: "internal", message: "Hệ thống đang gián đoạn, xin ông/bà thử lại sau ít phút." } })
    })
  }
}

/** The 4xx that Express puts on what the sender did wrong: a form too large, a path that is none. */
function sendersFault(error: unknown): number | null {
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : null
  return typeof status === "number" && status >= 400 && status < 500 ? status : null
}

const HEADERS: Parameters<typeof helmet>[0] = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // The office PC serves plain HTTP inside its network; a proxy in front adds this header where there is TLS.
  strictTransportSecurity: false,
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: "cổng đang có chương trình khác dùng",
  EACCES: "không có quyền dùng cổng này",
  EADDRNOTAVAIL: "máy không có địa chỉ này",
  ENOTFOUND: "không hiểu địa chỉ này",
}

function lifeOf(server: Server): HttpServer {
  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => {
          const reason = REASONS[error.code ?? ""]
          reject(
            reason
              ? new InstallationError(`Không mở được cổng ${port} tại ${host}: ${reason}. Hãy đổi PORT hoặc HOST.`, { cause: error })
              : error,
          )
        })
        server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
      }),
    stop: () =>
      new Promise((resolve) => {
        if (!server.listening) {
          resolve()
          return
        }
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
