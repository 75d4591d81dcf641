import { NotFoundError } from "../../errors.ts"
import { type Attachment, type Channel, type MediaKind, MediaUnavailableError } from "../message.ts"
import type { StoredAttachment } from "../outbox/delivery.ts"
import { safeName } from "./file-name.ts"
import { recognise } from "./file-type.ts"
import { MEDIA_LIMITS } from "./limits.ts"
import type { MediaStore } from "./store.ts"

/** A file that was handed to us: `source` for the message that brings it, `file` for one that carries it out. */
export type Upload =
  | { readonly ok: true; readonly source: string; readonly kind: MediaKind; readonly name: string; readonly file: StoredAttachment }
  | { readonly ok: false; readonly why: "too_large" | "not_allowed" }

export interface Uploads {
  /** The largest file that is taken. */
  readonly maxBytes: number
  /** Keeps a file of the commune's own pages; what must not be opened is refused at once. */
  acceptUpload(bytes: Uint8Array | AsyncIterable<Uint8Array>, name: string | null): Promise<Upload>
  /** Resolves the `source` of an upload: what the web channel's `fetchMedia` is. */
  readonly fetchMedia: NonNullable<Channel["fetchMedia"]>
  /** A stored file for the outbox; its bytes are read when it is sent. */
  readonly openAttachment: (stored: StoredAttachment) => Attachment
}

const BLOB = "blob:"

/** Files that come and go over our own pages instead of a platform. */
export function createUploads({ store, maxBytes = MEDIA_LIMITS.maxBytes }: { store: MediaStore; maxBytes?: number }): Uploads {
  return {
    maxBytes,
    async acceptUpload(bytes, name) {
      const arrived = await store.receive(bytes instanceof Uint8Array ? chunked(bytes) : bytes, maxBytes).catch(tooLarge)
      if (arrived === null) return { ok: false, why: "too_large" }
      const recognised = await recognise(arrived.path)
      if (!recognised.ok) {
        await store.drop(arrived)
        return { ok: false, why: "not_allowed" }
      }
      await store.keep(arrived)
      const { hash } = arrived
      const { kind, mime } = recognised.type
      const clean = safeName(name, mime)
      return { ok: true, source: BLOB + hash, kind, name: clean, file: { hash, kind, name: clean, mime } }
    },
    async fetchMedia(source) {
      if (!source.startsWith(BLOB)) throw new MediaUnavailableError("gone")
      return store.stream(source.slice(BLOB.length)).catch((error: unknown) => {
        throw error instanceof NotFoundError ? new MediaUnavailableError("gone") : error
      })
    },
    openAttachment: ({ hash, kind, name, mime }) => ({ kind, name, mime, read: () => store.read(hash) }),
  }
}

function tooLarge(error: unknown): null {
  if (error instanceof MediaUnavailableError && error.reason === "too_large") return null
  throw error
}

async function* chunked(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}
