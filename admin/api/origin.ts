import type { Request, RequestHandler } from "express"
import { refusals } from "../texts.ts"
import { Refusal } from "./refusal.ts"

const SAFE = new Set(["GET", "HEAD"])

/** A page of another site cannot set this without asking us first, which we never allow. */
export const STAFF_HEADER = "x-quan-tri"

/**
 * Lets changes through only when they come from our own pages: our header is there, and what the browser tells of where the
 * request comes from (Sec-Fetch-Site; over plain HTTP, where browsers leave that out, Origin) does not contradict it.
 */
export const onlyFromOurPages: RequestHandler = (request, _response, next) => {
  if (SAFE.has(request.method) || (request.get(STAFF_HEADER) === "1" && comesFromHere(request))) next()
  else throw new Refusal({ status: 403, code: "cross_site", message: refusals.crossSite })
}

function comesFromHere(request: Request): boolean {
  const site = request.get("sec-fetch-site")
  if (site !== undefined) return site === "same-origin"
  const origin = request.get("origin")
  // No browser sends a change without an Origin; programs do, and they cannot be tricked into it.
  return origin === undefined || URL.parse(origin)?.host === request.host
}
