import type { RequestHandler } from "express"

const PREFLIGHT_SECONDS = "600"

/**
 * Lets pages of the listed origins (`https://xa.example.vn`) use the API from a citizen's browser; all others only from the
 * same origin, because browsers refuse what carries no such header. Nothing here depends on cookies, so none are allowed.
 */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins)
  return (request, response, next) => {
    // Caches must not hand the answer for one origin to another.
    response.vary("Origin")
    const origin = request.get("Origin")
    if (origin === undefined || !allowed.has(origin)) {
      next()
      return
    }
    response.setHeader("Access-Control-Allow-Origin", origin)
    if (request.method !== "OPTIONS" || request.get("Access-Control-Request-Method") === undefined) {
      next()
      return
    }
    response.setHeader("Access-Control-Allow-Methods", "GET, POST")
    response.setHeader("Access-Control-Allow-Headers", "Content-Type")
    response.setHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS)
    response.status(204).end()
  }
}
