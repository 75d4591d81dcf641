import type { RequestHandler } from "express"
import { parse as parseCookies } from "cookie"
import type { Database } from "../../prisma/database.ts"
import { allows, type Permission } from "../permissions.ts"
import { findActor } from "../staff/sessions.ts"
import { refusals } from "../texts.ts"
import { COOKIE } from "./api.ts"

/** Lets signed-in staff with a permission pass; for what is no JSON and so no contract: files, pictures. */
export function staffOnly(permission: Permission, { db, now }: { db: Database; now: () => Date }): RequestHandler {
  return async (request, response, next) => {
    const token = parseCookies(request.headers.cookie ?? "")[COOKIE]
    const actor = token === undefined ? null : await findActor(db, token, now())
    if (actor && allows(actor.roles, permission)) next()
    else if (actor) response.status(403).json({ error: { code: "forbidden", message: refusals.forbidden } })
    else response.status(401).json({ error: { code: "signed_out", message: refusals.signedOut } })
  }
}
