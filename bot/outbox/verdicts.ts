import type { SendFailure } from "../message.ts"

export type Verdict =
  | {
      readonly state: "pending"
      readonly afterMs: number
      readonly counts: boolean
      /** Nobody on this account can be written to for so long. */
      readonly accountHeldMs?: number
    }
  /** `unreachable`: nothing more is tried with this citizen until they write. */
  | { readonly state: "failed"; readonly unreachable?: string }
  | { readonly state: "unknown" }

type Judge<Kind> = (failure: Extract<SendFailure, { kind: Kind }>, attempts: number) => Verdict

const LONGEST_PAUSE_MS = 5 * 60_000

/** What a failed sending means: never again, or later. One row a kind; the age of a message is what ends its waiting. */
const VERDICTS: { readonly [Kind in SendFailure["kind"]]: Judge<Kind> } = {
  // The platform refused to take it, so this is no attempt.
  rate_limited: ({ retryAfterMs, scope }) => ({
    state: "pending",
    afterMs: retryAfterMs,
    counts: false,
    ...(scope === "account" ? { accountHeldMs: retryAfterMs } : {}),
  }),
  unreachable: (_, attempts) => ({
    state: "pending",
    afterMs: Math.min(1000 * 4 ** Math.min(attempts, 8), LONGEST_PAUSE_MS),
    counts: true,
  }),
  window_closed: () => ({ state: "failed" }),
  quota_exhausted: () => ({ state: "failed" }),
  recipient_refuses: ({ reason }) => ({ state: "failed", unreachable: reason ?? "blocked" }),
  auth: () => ({ state: "failed" }),
  rejected: () => ({ state: "failed" }),
  unknown: () => ({ state: "unknown" }),
}

/** What becomes of a message that was not sent, after so many attempts before this one. */
export function judge(failure: SendFailure, attempts: number): Verdict {
  return (VERDICTS[failure.kind] as Judge<SendFailure["kind"]>)(failure, attempts)
}
