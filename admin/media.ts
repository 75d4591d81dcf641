import { type RequestHandler, type Response, Router } from "express"
import { safeName } from "../bot/media/file-name.ts"
import type { MediaStore, StoredFile } from "../bot/media/store.ts"
import type { Database } from "../prisma/database.ts"
import { MEDIA_ABSENT, MEDIA_WAITING, mediaReasonText, PICTURE_ABSENT } from "./media-texts.ts"

interface Dependencies {
  readonly db: Pick<Database, "mediaFile">
  readonly store: MediaStore
  /** Lets signed-in staff pass who may read conversations; answers everybody else itself. */
  readonly mayRead: RequestHandler
}

/** What a browser may do with a citizen's file: save it, or show a picture that we drew ourselves; keep it only while allowed. */
const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "private, no-cache",
}

/**
 * `/api/quan-tri/media/:id` hands staff the original to save, `/api/quan-tri/media/:id/anh` shows the redrawn picture. What is
 * quarantined is served to nobody.
 */
export function createMediaRouter({ db, store, mayRead }: Dependencies): Router {
  const router = Router()
  router.get("/api/quan-tri/media/:id", mayRead, async (request, response) => {
    const row = await available(db, { id: String(request.params["id"]), response })
    if (!row) return
    const file = await store.open(row.hash)
    if (!file) {
      refuse(response, { status: 404, code: "not_found", message: MEDIA_ABSENT })
      return
    }
    // The name sets a type of its own, so the true one comes after it.
    response.attachment(safeName(row.name, row.mime)).type(row.mime)
    await send(response, { file, tag: row.hash })
  })
  router.get("/api/quan-tri/media/:id/anh", mayRead, async (request, response) => {
    const row = await available(db, { id: String(request.params["id"]), response })
    if (!row) return
    const picture = await store.display(row.hash)
    if (!picture) {
      refuse(response, { status: 404, code: "no_picture", message: PICTURE_ABSENT })
      return
    }
    response.set("Content-Disposition", "inline").type("image/jpeg")
    await send(response, { file: picture, tag: `${row.hash}-anh` })
  })
  return router
}

interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

function refuse(response: Response, { status, code, message }: Refusal): void {
  response.status(status).set("Cache-Control", "private, no-store").json({ error: { code, message } })
}

/** The row of a file that may be served; otherwise the request has been answered. */
async function available(db: Dependencies["db"], { id, response }: { id: string; response: Response }) {
  const row = await db.mediaFile.findUnique({ where: { id } })
  if (row?.state === "stored" && row.hash !== null && row.mime !== null) return { name: row.name, hash: row.hash, mime: row.mime }
  const message = mediaReasonText(row?.reason ?? null) ?? (row?.state === "waiting" ? MEDIA_WAITING : MEDIA_ABSENT)
  const status = row?.state === "quarantined" ? 403 : 404
  refuse(response, { status, code: row?.state ?? "not_found", message })
  return null
}

/** Parts of it too, so that a long recording can be listened to from the middle. */
function send(response: Response, { file, tag }: { file: StoredFile; tag: string }): Promise<void> {
  response.set({ ...HEADERS, ETag: `"${tag}"` })
  return new Promise((resolve, reject) => {
    response.sendFile(file.path, { cacheControl: false, lastModified: false, dotfiles: "allow" }, (error?: Error) => {
      // Whoever closes the page in the middle of it has done nothing wrong.
      if (error && !response.headersSent) reject(error)
      else resolve()
    })
  })
}
