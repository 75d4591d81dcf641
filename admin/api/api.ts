import { parse as parseCookies } from "cookie"
import express, { Router, type Request, type RequestHandler, type Response } from "express"
import { rateLimit } from "express-rate-limit"
import type { z } from "zod"
import type { Database } from "../../prisma/database.ts"
import type { Contract } from "../contract/route.ts"
import { allows } from "../permissions.ts"
import { refusals } from "../texts.ts"
import { InvalidRequest, tellingFaults } from "./faults.ts"
import { onlyFromOurPages } from "./origin.ts"
import { Refusal } from "./refusal.ts"
import type { Actor, ApiRoute, Call, Ran, SentFile, SessionChange } from "./route.ts"

export const API = "/api/quan-tri"
export const COOKIE = "tlx_staff"
const BODY_LIMIT = "256kb"
const MINUTE = 60_000
/** Per address and minute: what people who are not signed in may ask, and what anybody may. */
const LIMITS = { public: 120, all: 1200 }
const DEVICE_LENGTH = 200

export interface ApiDependencies {
  readonly routes: readonly ApiRoute[]
  readonly db: Database
  readonly now: () => Date
  /** Who has this session; null when it is none or over. */
  readonly findActor: (token: string) => Promise<Actor | null>
  readonly report: (error: unknown) => void
}

/** The staff's API: every route behind its access, its schemas and the same words for what goes wrong. */
export function createApi(dependencies: ApiDependencies): Router {
  const inner = Router()
  inner.use(limit(LIMITS.all), notKept, onlyFromOurPages, express.json({ limit: BODY_LIMIT }))
  const forPublic = limit(LIMITS.public)
  for (const route of dependencies.routes) {
    const { method, path, access } = route.contract
    inner[method](path, ...(access === "public" ? [forPublic] : []), serving(route, dependencies))
  }
  inner.use(() => {
    throw new Refusal({ status: 404, code: "not_found", message: refusals.unknownPath })
  })
  return Router().use(API, tellingFaults(inner, dependencies.report))
}

function serving(route: ApiRoute, { db, now, findActor }: ApiDependencies): RequestHandler {
  const { contract } = route
  return async (request, response) => {
    const at = now()
    const token = parseCookies(request.headers.cookie ?? "")[COOKIE]
    const actor = token === undefined ? null : await findActor(token)
    admit(actor, contract)
    const call: Call<Contract> = {
      params: checked(contract.params, request.params),
      query: checked(contract.query, request.query),
      body: checked(contract.body, (request.body as unknown) ?? {}),
      // Contracts that need somebody were just checked to have them.
      actor: actor as Actor,
      visitor: { address: request.ip ?? "", device: (request.get("user-agent") ?? "").slice(0, DEVICE_LENGTH) },
      now: at,
      upload: { stream: request, bytes: sizeOf(request) },
    }
    answer({ request, response }, contract, await route.run(call, db))
  }
}

function sizeOf(request: Request): number | null {
  const told = Number(request.get("content-length") ?? Number.NaN)
  return Number.isSafeInteger(told) ? told : null
}

/** Throws unless this member of staff, or nobody, may call the route. */
function admit(actor: Actor | null, { access }: Contract): void {
  if (access === "public") return
  if (!actor) throw new Refusal({ status: 401, code: "signed_out", message: refusals.signedOut })
  if (access !== "signed_in" && !allows(actor.roles, access))
    throw new Refusal({ status: 403, code: "forbidden", message: refusals.forbidden })
}

function checked<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw new InvalidRequest(parsed.error)
  return parsed.data
}

function answer({ request, response }: { request: Request; response: Response }, contract: Contract, { reply, session, file }: Ran): void {
  if (file) {
    sendFile(response, file)
    return
  }
  if (session !== undefined) setSession(request, response, session)
  // Only what the contract names leaves the house.
  response.json(contract.response.parse(reply))
}

// What somebody gave in is never run as a page of ours.
const HARMLESS = "default-src 'none'; sandbox"

function sendFile(response: Response, { content, type, saveAs }: SentFile): void {
  response.setHeader("Content-Security-Policy", HARMLESS)
  if (saveAs === null) response.setHeader("Content-Disposition", "inline")
  else response.attachment(saveAs)
  response.type(type)
  if (content instanceof Uint8Array) response.send(Buffer.from(content))
  else response.sendFile(content.path, { cacheControl: false, dotfiles: "allow" })
}

function setSession(request: Request, response: Response, session: SessionChange): void {
  const options = { httpOnly: true, sameSite: "strict", secure: request.secure, path: API } as const
  if (session === "close") response.clearCookie(COOKIE, options)
  else response.cookie(COOKIE, session.open, options)
}

const notKept: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-store")
  next()
}

function limit(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: MINUTE,
    limit: perMinute,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    ipv6Subnet: 56,
    handler: () => {
      throw new Refusal({ status: 429, code: "too_many", message: refusals.tooMany, retryAfterSeconds: 60 })
    },
  })
}
