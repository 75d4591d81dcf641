import { randomBytes } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import express, { Router, type RequestHandler } from "express"

const NONCE = "__NONCE__"

/**
 * The staff area's pages: one document for every address below `/quan-tri`, with its scripts and styles. The components bring
 * their own style elements; the document's nonce, new each time, is what lets these through and nothing else.
 */
export function createPages(folder: string): Router {
  const file = path.join(folder, "index.html")
  const document = existsSync(file) ? readFileSync(file, "utf8") : null
  const router = Router()
  router.use("/assets", express.static(path.join(folder, "assets"), { immutable: true, maxAge: "1y", index: false }))
  router.use("/assets", (_request, _response, next) => next("router"))
  router.get("/{*page}", sending(document))
  return Router().use("/quan-tri", router)
}

function sending(document: string | null): RequestHandler {
  return (_request, response, next) => {
    if (document === null) {
      next()
      return
    }
    const nonce = randomBytes(16).toString("base64")
    const policy = String(response.getHeader("Content-Security-Policy"))
    response.setHeader("Content-Security-Policy", `${policy};style-src 'self' 'nonce-${nonce}'`)
    response.setHeader("Cache-Control", "no-store")
    response.type("html").send(document.replaceAll(NONCE, nonce))
  }
}
