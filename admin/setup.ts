import express, { Router, type Request, type Response } from "express"
import { rateLimit } from "express-rate-limit"
import { z } from "zod"
import { configureHome } from "../knowledge/store.ts"
import { readHome } from "../knowledge/home.ts"
import type { Database } from "../prisma/database.ts"
import { useSetupLink, isSetupToken } from "./setup-link.ts"
import { linkUsed, setupDone, setupForm, staffHome, STYLE } from "./setup-pages.ts"

interface Dependencies {
  readonly db: Database
  readonly now: () => Date
  /** Called when the commune has been named: its name is part of what answers say. */
  readonly onConfigured: () => Promise<void>
}

const place = z
  .string("Xin ghi đủ các ô")
  .normalize("NFC")
  .trim()
  .min(2, "Tên cần có ít nhất 2 chữ")
  .max(60, "Tên quá dài")
  .regex(/^[\p{L}\p{M} .'’-]+$/u, "Tên chỉ gồm chữ cái")
const form = z.object({
  ma: z.string().default(""),
  kind: z.enum(["xã", "phường", "đặc khu"], "Loại đơn vị là xã, phường hoặc đặc khu"),
  name: place,
  province: place,
})
const text = (value: unknown) => (typeof value === "string" ? value : "")

/** The staff area's door: naming the commune through the one-time link that the first start prints. */
export function createSetupRouter({ db, now, onConfigured }: Dependencies): Router {
  const router = Router()
  router.use(rateLimit({ windowMs: 60_000, limit: 60, standardHeaders: "draft-8", legacyHeaders: false, ipv6Subnet: 56 }))
  router.get("/style.css", (_request, response) => void response.type("css").send(STYLE))
  router.get("/", async (_request, response) => {
    response.send(staffHome((await readHome(db))?.commune ?? null))
  })
  router.get("/thiet-lap", async (request, response) => {
    const token = text(request.query["ma"])
    if (!(await isSetupToken(db, token))) return void response.status(410).send(linkUsed())
    response.set("Referrer-Policy", "no-referrer").send(setupForm({ token, kind: "xã", name: "", province: "", error: null }))
  })
  router.post("/thiet-lap", express.urlencoded({ extended: false, limit: "8kb" }), async (request: Request, response: Response) => {
    const body = (request.body ?? {}) as Record<string, unknown>
    const token = text(body["ma"])
    if (!(await isSetupToken(db, token))) return void response.status(410).send(linkUsed())
    const parsed = form.safeParse(body)
    if (!parsed.success) {
      const error = parsed.error.issues[0]?.message ?? "Thông tin chưa đúng"
      return void response
        .status(400)
        .send(setupForm({ token, kind: text(body["kind"]), name: text(body["name"]), province: text(body["province"]), error }))
    }
    const commune = `${parsed.data.kind} ${parsed.data.name}`
    // Used up first: of two requests at once only one names the commune.
    if (!(await useSetupLink(db, token))) return void response.status(410).send(linkUsed())
    await configureHome(db, { commune, province: parsed.data.province }, now())
    await onConfigured()
    response.send(setupDone(commune))
  })
  return router
}
