import type { Database } from "../../prisma/database.ts"
import type { Logger } from "../logger.ts"
import type { Body, Channel, Choice, OutboundMessage, Purpose, SendFailure, SendOutcome } from "../message.ts"
import { createBatches } from "../queues/batches.ts"

export type Row = Awaited<ReturnType<Database["outboxMessage"]["findMany"]>>[number]
export type RowState = "pending" | "sending" | "sent" | "failed" | "unknown"

interface Change {
  readonly id: string
  readonly data: Partial<Omit<Row, "id" | "body" | "state">> & { readonly state: RowState }
}
type Verdict = { readonly state: "pending"; readonly afterMs: number; readonly counts: boolean } | { readonly state: "failed" | "unknown" }
type Judge<Kind> = (failure: Extract<SendFailure, { kind: Kind }>, attempts: number) => Verdict

const MAX_ATTEMPTS = 6
const EXPIRES_MS = 24 * 60 * 60 * 1000

/** What a failed sending means: never again, or later. One row a kind. */
const VERDICTS: { readonly [Kind in SendFailure["kind"]]: Judge<Kind> } = {
  // The platform refused to take it, so this is no attempt; the age of the message is what ends it.
  rate_limited: ({ retryAfterMs }) => ({ state: "pending", afterMs: retryAfterMs, counts: false }),
  unreachable: (_, attempts) =>
    attempts + 1 < MAX_ATTEMPTS ? { state: "pending", afterMs: 4 ** attempts * 1000, counts: true } : { state: "failed" },
  recipient_refuses: () => ({ state: "failed" }),
  auth: () => ({ state: "failed" }),
  rejected: () => ({ state: "failed" }),
  unknown: () => ({ state: "unknown" }),
}

interface Dependencies {
  readonly db: Database
  readonly now: () => Date
  readonly logger: Logger
}

/** Sends one row and writes down what came of it; resolves to the state that the row is in then. */
export function createDeliver({ db, now, logger }: Dependencies): (row: Row, channel: Channel) => Promise<RowState> {
  const writeAll = createBatches((changes: readonly Change[]) =>
    db.$transaction(changes.map(({ id, data }) => db.outboxMessage.updateMany({ where: { id }, data }))),
  )
  const settle = async ({ id }: Row, data: Change["data"]) => {
    await writeAll([{ id, data }])
    return data.state
  }
  return async (row, channel) => {
    if (now().getTime() - row.createdAt.getTime() > EXPIRES_MS) return settle(row, { state: "failed", failure: "expired" })
    if (!channel.resendIsHarmless) await settle(row, { state: "sending" })
    const outcome = await channel.send(messageOf(row), row.partsSent).catch((error: unknown) => thrown(error, row))
    if (outcome.ok) return settle(row, { state: "sent", partsSent: outcome.partsSent, failure: null, sentAt: now() })
    const { failure, partsSent } = outcome
    logger.warn({ outboxId: row.id, accountId: row.accountId, failure }, "Message not sent")
    const verdict = judge(failure, row.attempts)
    const told = { state: verdict.state, partsSent, failure: failureText(failure) }
    if (verdict.state !== "pending") return settle(row, { ...told, attempts: row.attempts + 1 })
    const notBefore = new Date(now().getTime() + verdict.afterMs)
    return settle(row, { ...told, attempts: row.attempts + (verdict.counts ? 1 : 0), notBefore })
  }
}

function messageOf(row: Row): OutboundMessage {
  const { body, choices } = row.body as unknown as { body: Body; choices: readonly Choice[] }
  const { idempotencyKey, accountId, peerId } = row
  return { idempotencyKey, to: { accountId, peerId }, purpose: row.purpose as Purpose, body, choices }
}

function judge(failure: SendFailure, attempts: number): Verdict {
  return (VERDICTS[failure.kind] as Judge<SendFailure["kind"]>)(failure, attempts)
}

function failureText(failure: SendFailure): string {
  return "detail" in failure ? `${failure.kind}: ${failure.detail}` : failure.kind
}

/** A channel that throws breaks its promise; whether the message left is then not known. */
function thrown(error: unknown, { partsSent }: Row): SendOutcome {
  return { ok: false, partsSent, failure: { kind: "unknown", detail: error instanceof Error ? error.name : typeof error } }
}
