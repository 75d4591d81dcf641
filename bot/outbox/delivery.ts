import type { Database } from "../../prisma/database.ts"
import type { Logger } from "../logger.ts"
import type { Attachment, Body, Channel, Choice, OutboundMessage, Purpose, SendFailure, SendOutcome } from "../message.ts"
import type { GroupCommit } from "../queues/group-commit.ts"
import { callOff } from "./call-off.ts"
import { sendOrOutside } from "./outside.ts"
import { authorOf, type Row, type RowState } from "./row.ts"
import { createBegin, createSettle } from "./settling.ts"
import { judge, type Verdict } from "./verdicts.ts"
import { windowFault } from "./window.ts"

export interface Delivered {
  readonly state: RowState
  /** How long nobody on this account can be written to; 0 when nothing is the matter. */
  readonly accountHeldMs: number
}

/** How long what says nothing else may wait to be said. */
export const EXPIRES_MS = 24 * 60 * 60 * 1000

interface Dependencies {
  readonly db: Database
  readonly commits: GroupCommit
  readonly now: () => Date
  readonly logger: Logger
  /** Opens a file of the media store; left out where nothing is attached. */
  readonly openAttachment?: (stored: StoredAttachment) => Attachment
}

export interface StoredAttachment {
  readonly hash: string
  readonly kind: Attachment["kind"]
  readonly name: string
  readonly mime: string
}

/** Sends one row and writes down what came of it; resolves to the state that the row is in then. */
export function createDeliver(dependencies: Dependencies): (row: Row, channel: Channel) => Promise<Delivered> {
  const { db, commits, now, logger } = dependencies
  const settle = createSettle(dependencies)
  const message = messageOf(dependencies)

  const begin = createBegin(commits)
  const failed = async (row: Row, { failure, ...outcome }: Extract<SendOutcome, { ok: false }>): Promise<Delivered> => {
    logger.warn({ outboxId: row.id, accountId: row.accountId, failure }, "Message not sent")
    const verdict = judge(failure, row.attempts)
    const change = { ...fateOf(verdict, { row, now: now() }), partsSent: outcome.partsSent, failure: failureText(failure) }
    const state = await settle(row, change, outcome.messageIds)
    if (verdict.state === "failed" && verdict.unreachable !== undefined) await forget(db, row, verdict.unreachable)
    return { state, accountHeldMs: verdict.state === "pending" ? (verdict.accountHeldMs ?? 0) : 0 }
  }
  return async (row, channel) => {
    if (expired(row, now())) return { state: await settle(row, { state: "failed", failure: "expired" }), accountHeldMs: 0 }
    const closed = await windowFault(db, { row, channel, now: now() })
    if (closed && !channel.sendOutside) return failed(row, { ok: false, partsSent: row.partsSent, failure: closed })
    if (!channel.resendIsHarmless && !(await begin(row))) return { state: "cancelled", accountHeldMs: 0 }
    const outcome = await sendOrOutside(channel, message(row), { partsSent: row.partsSent, closed }).catch((error: unknown) =>
      thrown(error, row),
    )
    if (!outcome.ok) return failed(row, outcome)
    const sent = { state: "sent", partsSent: outcome.partsSent, failure: null } as const
    return { state: await settle(row, sent, outcome.messageIds), accountHeldMs: 0 }
  }
}

/** A citizen who blocked the account gets nothing more until they write: what was to come is called off. */
async function forget(db: Database, { conversationId }: Row, why: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await callOff(tx, { conversationId, why })
    await tx.conversation.updateMany({ where: { id: conversationId }, data: { unreachable: why } })
  })
}

function fateOf(verdict: Verdict, { row, now }: { row: Row; now: Date }) {
  if (verdict.state !== "pending") return { state: verdict.state, attempts: row.attempts + 1 }
  return { state: verdict.state, attempts: row.attempts + (verdict.counts ? 1 : 0), notBefore: new Date(now.getTime() + verdict.afterMs) }
}

/** What is to be said at a later time says itself until when; everything else has a day. */
function expired({ createdAt, expiresAt }: Row, now: Date): boolean {
  return now.getTime() > (expiresAt?.getTime() ?? createdAt.getTime() + EXPIRES_MS)
}

function messageOf({ openAttachment }: Dependencies): (row: Row) => OutboundMessage {
  return (row) => {
    const {
      body,
      choices,
      attachments = [],
    } = row.body as unknown as { body: Body; choices: readonly Choice[]; attachments?: readonly StoredAttachment[] }
    const { idempotencyKey, accountId, peerId } = row
    const files = openAttachment ? attachments.map(openAttachment) : []
    return {
      idempotencyKey,
      to: { accountId, peerId },
      purpose: row.purpose as Purpose,
      author: authorOf(row.author),
      body,
      choices,
      ...(files.length > 0 ? { attachments: files } : {}),
    }
  }
}

function failureText(failure: SendFailure): string {
  return "detail" in failure ? `${failure.kind}: ${failure.detail}` : failure.kind
}

/** A channel that throws breaks its promise; whether the message left is then not known. */
function thrown(error: unknown, { partsSent }: Row): Extract<SendOutcome, { ok: false }> {
  return { ok: false, partsSent, failure: { kind: "unknown", detail: error instanceof Error ? error.name : typeof error } }
}
