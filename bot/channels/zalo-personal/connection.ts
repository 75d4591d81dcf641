import type { API } from "zca-js"
import type { Logger } from "../../logger.ts"
import type { SecretsKeeper } from "./account.ts"
import type { Calls } from "./calls.ts"
import { faultName, isAuthFault, loginFault } from "./failures.ts"
import type { Frame } from "./frames.ts"
import { listen, type Listened, logIn, newZalo, type ZaloLibrary } from "./session.ts"
import { EXPIRED, LOGIN_VERDICTS, OTHER_ACCOUNT, type Verdict } from "./verdicts.ts"

export interface ConnectionDependencies {
  readonly library: ZaloLibrary
  readonly calls: Calls
  readonly secrets: SecretsKeeper
  readonly logger: Logger
  readonly handshakeMs: number
  readonly stopping: AbortSignal
  readonly onFrame: (frame: Frame, key: string) => void
  /** After a login and before anything is listened to. */
  readonly prepare: (api: API) => Promise<void>
}

/** `code`: the socket was closed with it before it was open. */
export type Opened = Listened | { readonly ok: false; readonly verdict: Verdict }

/** Single steps of one connection: opening it with a fresh login and a fresh object of the library, and keeping it alive. */
export function createConnection({ library, calls, secrets, logger, ...given }: ConnectionDependencies) {
  const keepCookies = createCookieKeeping(secrets, logger)
  return {
    keepCookies,
    async open(): Promise<Opened> {
      const { credentials } = secrets.current()
      const login = await logIn(newZalo(library, calls), { calls, credentials })
      if (!login.ok) {
        logger.warn({ fault: faultName(login.fault) }, "Zalo login failed")
        return { ok: false, verdict: LOGIN_VERDICTS[loginFault(login.fault)] }
      }
      const api = login.value
      if (api.getOwnId() !== credentials.uid) return { ok: false, verdict: OTHER_ACCOUNT }
      await keepCookies(api)
      await given.prepare(api)
      return listen(api, { handshakeMs: given.handshakeMs, signal: given.stopping, onFrame: given.onFrame })
    },
    /** Whether Zalo answered; else why it can be no use to ask again. */
    async beat(api: API): Promise<{ readonly alive: boolean; readonly verdict?: Verdict }> {
      const called = await calls.attempt(() => api.keepAlive())
      if (!called.ok) return { alive: false, ...(isAuthFault(called.fault) ? { verdict: EXPIRED } : {}) }
      await keepCookies(api)
      return { alive: true }
    },
  }
}

export type KeepCookies = (api: API) => Promise<void>

/** Writes rotated cookies back; what has been done with them stays done when that fails. */
export function createCookieKeeping(secrets: SecretsKeeper, logger: Logger): KeepCookies {
  return async (api) => {
    try {
      await secrets.keepCookies(api.getCookie().toJSON().cookies)
    } catch (error) {
      logger.error({ error: error instanceof Error ? error.name : typeof error }, "Zalo cookies not stored")
    }
  }
}
