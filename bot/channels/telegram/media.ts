import { type Api, GrammyError } from "grammy"
import { UpstreamError } from "../../../errors.ts"
import { MediaUnavailableError } from "../../message.ts"
import { fetchMedia } from "../fetch-media.ts"
import { type Line, within } from "./api.ts"
import { TELEGRAM } from "./account.ts"

/** What Telegram hands out to bots at most. */
export const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
const DEADLINE_MS = 15_000

/**
 * The bytes of a file that Telegram named; its address is asked for only now, because it lives an hour and carries the token.
 * Throws MediaUnavailableError, or UpstreamError when it may be had later.
 */
export async function fetchTelegramMedia(
  { api, line }: { api: Api; line: Line },
  fileId: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const { apiRoot = TELEGRAM, token, fetch } = line
  const { file_path: path } = await api.getFile(fileId, within(DEADLINE_MS, signal)).catch(unavailable)
  if (path === undefined) throw new MediaUnavailableError("gone")
  return fetchMedia(`${apiRoot}/file/bot${token}/${path.split("/").map(encodeURIComponent).join("/")}`, {
    maxBytes: MAX_DOWNLOAD_BYTES,
    trustedOrigins: [new URL(apiRoot).origin],
    signal,
    ...(fetch ? { fetch } : {}),
  })
}

/** Nothing of the error itself goes on: it may quote what was asked for. */
function unavailable(error: unknown): never {
  if (!(error instanceof GrammyError) || error.error_code !== 400) {
    throw new UpstreamError("Telegram did not tell where the file is", { permanent: false })
  }
  throw new MediaUnavailableError(/too big/i.test(error.description) ? "too_large" : "gone")
}
