import { createHash } from "node:crypto"
import type { Uploads } from "../../bot/channels/web/uploads.ts"
import { MediaUnavailableError } from "../../bot/message.ts"

export interface KeptUploads extends Uploads {
  readonly kept: Map<string, { readonly bytes: Uint8Array; readonly name: string; readonly mime: string }>
}

/** Keeps uploads in memory under the hash of their bytes. */
export function keptUploads(maxBytes = 20 * 1024 * 1024): KeptUploads {
  const kept: KeptUploads["kept"] = new Map()
  return {
    maxBytes,
    kept,
    acceptUpload(bytes, about) {
      const source = `blob:${createHash("sha256").update(bytes).digest("hex")}`
      kept.set(source, { bytes, ...about })
      return Promise.resolve({ source })
    },
    readUpload(source) {
      const found = kept.get(source)
      return found ? Promise.resolve(inChunks(found.bytes)) : Promise.reject(new MediaUnavailableError("gone"))
    },
  }
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 1000) yield await Promise.resolve(bytes.subarray(start, start + 1000))
}
