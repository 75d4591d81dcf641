import type { Uploads as MediaUploads } from "../../media/uploads.ts"
import type { ApiTexts } from "../../texts/conversation.ts"
import { ApiError } from "./api-error.ts"
import { megabytes, type Uploads } from "./uploads.ts"

/** The page's photos and files go where those of every channel go; what is not taken is told in the citizen's words. */
export function storedUploads(media: Pick<MediaUploads, "acceptUpload" | "fetchMedia" | "maxBytes">, texts: ApiTexts): Uploads {
  const refusals = {
    too_large: { status: 413, code: "too_large", message: texts.uploadTooLarge(megabytes(media.maxBytes)) },
    not_allowed: { status: 415, code: "wrong_type", message: texts.wrongUploadType },
  } as const
  return {
    maxBytes: media.maxBytes,
    async acceptUpload(bytes, { name }) {
      const upload = await media.acceptUpload(bytes, name)
      if (!upload.ok) throw new ApiError(refusals[upload.why])
      return { source: upload.source }
    },
    readUpload: media.fetchMedia,
  }
}
