import type { ChannelKindDefinition } from "../../accounts/channel-kind.ts"
import {
  type ZaloCredentials,
  type ZaloPersonalSecrets,
  zaloPersonalSecrets,
  type ZaloPersonalSettings,
  zaloPersonalSettings,
} from "./account.ts"
import { createZaloPersonalChannel } from "./channel.ts"
import { loginByQr, QR_VALID_MS, type QrResult, type QrWatch } from "./qr-login.ts"
import { loadLibrary } from "./session.ts"

export { ZALO_PERSONAL_WARNING } from "./account.ts"

/** A personal Zalo account; none is there until staff set one up, and its library is not loaded before. */
export const zaloPersonalKind = {
  kind: "zalo_personal",
  settings: zaloPersonalSettings,
  secrets: zaloPersonalSecrets,
  accountKey: (_settings, { credentials }) => credentials.uid,
  open: (account, world) => createZaloPersonalChannel(account, world),
} satisfies ChannelKindDefinition<ZaloPersonalSettings, ZaloPersonalSecrets>

interface SignIn {
  readonly now: () => Date
  readonly fetch?: typeof fetch
  /** How long a picture can be scanned and confirmed. */
  readonly validMs?: number
  /** The account and device that must come out, when there is one already. */
  readonly known?: ZaloCredentials
}

/** Signs in without a running channel: the credentials are the account's new secrets. */
export async function signInToZalo(watch: QrWatch, { now, fetch: over = fetch, validMs = QR_VALID_MS, known }: SignIn): Promise<QrResult> {
  const library = await loadLibrary()
  return loginByQr({ library, fetch: over, watch, now, validMs, ...(known ? { known } : {}) })
}
