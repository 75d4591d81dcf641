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

/** Signs in for an account that is not set up yet: its credentials are the new account's secrets. */
export async function signInToZalo(
  watch: QrWatch,
  { now, fetch: over, known }: { readonly now: () => Date; readonly fetch?: typeof fetch; readonly known?: ZaloCredentials },
): Promise<QrResult> {
  const library = await loadLibrary()
  return loginByQr({ library, fetch: over ?? fetch, watch, now, validMs: QR_VALID_MS, ...(known ? { known } : {}) })
}
