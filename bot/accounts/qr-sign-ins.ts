import type { ZaloCredentials } from "../channels/zalo-personal/account.ts"
import type { QrResult, QrWatch } from "../channels/zalo-personal/qr-login.ts"
import type { Logger } from "../logger.ts"

/** How a sign-in can end without an account. */
type Lost = "declined" | "timed_out" | "other_account" | "failed"

/** Where a sign-in stands; `name` is what the scanned account calls itself. */
export type QrStep =
  | { readonly state: "preparing" | Lost }
  /** A picture as a data: address, and until when it can be scanned. */
  | { readonly state: "waiting"; readonly picture: string; readonly until: Date }
  /** The telephone asks for consent; has consented; Zalo has let us in. */
  | { readonly state: "scanned" | "confirmed" | "signed_in"; readonly name: string }

/** What a sign-in is for. */
export interface QrAsked<Purpose> {
  /** Who looks at it; nobody else may. */
  readonly owner: string
  readonly purpose: Purpose
  /** The account and device that must come out, when there is one already. */
  readonly known?: ZaloCredentials
}

export interface QrBrought<Purpose> {
  readonly purpose: Purpose
  readonly credentials: ZaloCredentials
  readonly name: string
}

export interface QrSignIns<Purpose> {
  /** Begins to show pictures under this id; ends what the same person began before. */
  begin(id: string, asked: QrAsked<Purpose>): void
  /** Where it stands; null when it is over or somebody else's. Who looks keeps it alive. */
  look(id: string, owner: string): QrStep | null
  /** What a finished one brought; null while there is nothing. */
  brought(id: string, owner: string): QrBrought<Purpose> | null
  /** Forgets it, with what it brought. */
  end(id: string, owner: string): void
  /** Ends all. */
  stop(): void
}

interface Dependencies {
  readonly signIn: (watch: QrWatch, known?: ZaloCredentials) => Promise<QrResult>
  readonly logger: Logger
  /** How long nobody need look before it is over (ms). */
  readonly idleMs?: number
}

interface Running<Purpose> extends QrAsked<Purpose> {
  step: QrStep
  credentials: ZaloCredentials | null
  readonly leaving: AbortController
  readonly idle: NodeJS.Timeout
}

/** A page asks every second. */
const IDLE_MS = 30_000
/** Of 100 seconds each: five minutes to find the telephone. */
const PICTURES = 3

/** Sign-ins by a picture, held in memory for the pages that show them: what nobody looks at any more is given up. */
export function createQrSignIns<Purpose>({ signIn, logger, idleMs = IDLE_MS }: Dependencies): QrSignIns<Purpose> {
  const running = new Map<string, Running<Purpose>>()
  const drop = (id: string) => {
    const one = running.get(id)
    if (!one) return
    running.delete(id)
    clearTimeout(one.idle)
    one.leaving.abort()
  }
  const own = (id: string, owner: string) => {
    const one = running.get(id)
    if (one?.owner !== owner) return null
    one.idle.refresh()
    return one
  }
  return {
    begin(id, asked) {
      for (const [other, { owner }] of running) if (owner === asked.owner) drop(other)
      const idle = setTimeout(() => drop(id), idleMs).unref()
      const one: Running<Purpose> = { ...asked, step: { state: "preparing" }, credentials: null, leaving: new AbortController(), idle }
      running.set(id, one)
      run(one, signIn).catch((error: unknown) => {
        one.step = { state: "failed" }
        logger.error({ error: error instanceof Error ? error.name : typeof error }, "Sign-in by QR broke")
      })
    },
    look: (id, owner) => own(id, owner)?.step ?? null,
    brought(id, owner) {
      const { step, credentials, purpose } = own(id, owner) ?? {}
      if (step?.state !== "signed_in" || !credentials || purpose === undefined) return null
      return { purpose, credentials, name: step.name }
    },
    end(id, owner) {
      if (own(id, owner)) drop(id)
    },
    stop() {
      for (const id of [...running.keys()]) drop(id)
    },
  }
}

const LOST: Readonly<Record<Exclude<QrResult["kind"], "signed_in">, Lost>> = {
  declined: "declined",
  expired: "timed_out",
  other_account: "other_account",
  abandoned: "timed_out",
  failed: "failed",
}

/** Shows one picture after the other until one is scanned and consented to, or time or patience is over. */
async function run(one: Running<unknown>, signIn: Dependencies["signIn"]): Promise<void> {
  let name = ""
  const watch: QrWatch = {
    onQr: (picture, until) => (one.step = { state: "waiting", picture, until }),
    onState: (told) => {
      if (told.state === "scanned") name = told.name
      one.step = { state: told.state, name }
    },
    signal: one.leaving.signal,
  }
  for (let left = PICTURES; left > 0; left -= 1) {
    const result = await signIn(watch, one.known)
    if (result.kind === "signed_in") {
      one.credentials = result.credentials
      one.step = { state: "signed_in", name }
      return
    }
    const another = result.kind === "expired" && left > 1
    one.step = { state: another ? "preparing" : LOST[result.kind] }
    if (!another) return
  }
}
