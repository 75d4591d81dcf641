import type { Credentials, QrEvent } from "zca-js"
import type { ZaloCredentials } from "./account.ts"
import { type Calls, createCalls } from "./calls.ts"
import { deadline } from "./deadline.ts"
import { faultName } from "./failures.ts"
import { logIn, newZalo, type ZaloLibrary } from "./session.ts"

/** The staff page's side of signing in by QR. */
export interface QrWatch {
  /** A picture as a data: address, and until when it can be scanned. */
  readonly onQr: (imageDataUrl: string, expiresAt: Date) => void
  /** `scanned`: the phone asks for consent; `name` is the account's. `confirmed`: the phone said yes. */
  readonly onState: (state: { readonly state: "scanned"; readonly name: string } | { readonly state: "confirmed" }) => void
  /** The page was left. */
  readonly signal: AbortSignal
}

/** `other_account`: scanned with another account than this one's; nothing was changed. */
export type QrOutcome =
  | { readonly kind: "signed_in"; readonly uid: string }
  | { readonly kind: "expired" | "declined" | "other_account" | "abandoned" }
  | { readonly kind: "failed"; readonly detail: string }

export type QrResult = Exclude<QrOutcome, { kind: "signed_in" }> | { readonly kind: "signed_in"; readonly credentials: ZaloCredentials }

export interface QrLogin {
  readonly library: ZaloLibrary
  readonly fetch: typeof fetch
  readonly watch: QrWatch
  readonly now: () => Date
  /** How long a picture can be scanned and confirmed. */
  readonly validMs: number
  /** The account and device that must come out, when there is one already. */
  readonly known?: ZaloCredentials
}

const USER_AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
/** As long as the library itself waits. */
export const QR_VALID_MS = 100_000

type Scan = { readonly kind: "confirmed"; readonly credentials: Credentials } | Exclude<QrResult, { kind: "signed_in" | "other_account" }>

/** Signs in by a picture that the account's phone scans. Never hangs and never throws: every way it can end is a result. */
export async function loginByQr(given: QrLogin): Promise<QrResult> {
  const { library, known, watch } = given
  const leaving = deadline(Number.POSITIVE_INFINITY, watch.signal)
  // Zalo answers the polls of a QR when something happens.
  const calls = createCalls({ fetch: given.fetch, callMs: given.validMs, stopping: leaving.signal })
  try {
    const scan = await scanned(given, calls)
    if (scan.kind !== "confirmed") return scan
    watch.onState({ state: "confirmed" })
    const { imei, userAgent, cookie } = scan.credentials
    const device = { imei: known?.imei ?? imei, userAgent: known?.userAgent ?? userAgent }
    const login = await logIn(newZalo(library, calls), { calls, credentials: { uid: "", ...device, cookie } })
    if (watch.signal.aborted) return { kind: "abandoned" }
    if (!login.ok) return { kind: "failed", detail: faultName(login.fault) }
    const uid = login.value.getOwnId()
    if (known && known.uid !== uid) return { kind: "other_account" }
    return { kind: "signed_in", credentials: { uid, ...device, cookie: login.value.getCookie().toJSON().cookies } }
  } finally {
    leaving.abort()
  }
}

/** The library's promise never settles after a refusal, and goes on polling when nobody watches any more. */
function scanned({ library, watch, now, validMs, known }: QrLogin, calls: Calls): Promise<Scan> {
  return new Promise((settle) => {
    let stopLibrary: () => void = () => undefined
    const timer = setTimeout(() => end({ kind: "expired" }), validMs)
    const leave = () => end({ kind: "abandoned" })
    const end = (scan: Scan) => {
      clearTimeout(timer)
      watch.signal.removeEventListener("abort", leave)
      settle(scan)
      stopLibrary()
    }
    const step = (event: QrEvent): void => {
      if (event.type === 0) {
        stopLibrary = () => event.actions.abort()
        timer.refresh()
        watch.onQr(`data:image/png;base64,${event.data.image}`, new Date(now().getTime() + validMs))
      }
      if (event.type === 1) end({ kind: "expired" })
      if (event.type === 2) watch.onState({ state: "scanned", name: event.data.display_name ?? "" })
      if (event.type === 3) end({ kind: "declined" })
      if (event.type !== 4) return
      end({ kind: "confirmed", credentials: event.data })
      // The library would now log in as a device that it has just made up; ours stays the same.
      throw new Error("Signed in")
    }
    watch.signal.addEventListener("abort", leave)
    if (watch.signal.aborted) leave()
    const zalo = newZalo(library, calls)
    zalo.loginQR({ userAgent: known?.userAgent ?? USER_AGENT }, step).catch((error: unknown) => {
      end({ kind: "failed", detail: faultName({ error, posted: false, status: null }) })
    })
  })
}
