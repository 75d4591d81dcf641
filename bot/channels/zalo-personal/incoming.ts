import { z } from "zod"
import type { Logger } from "../../logger.ts"
import { type Arrival, readMessage, readReaction, readReceipt, readRelation, type Reading } from "./events.ts"
import { type Frame, isRecord, openFrame, parseLossless } from "./frames.ts"

export interface Incoming {
  readonly reading: Reading
  readonly logger: Logger
  readonly arrived: (arrival: Arrival) => void
  /** A file of ours has reached Zalo. */
  readonly uploaded: (fileId: string, fileUrl: string) => void
  readonly friend: (change: "added" | "removed" | "asks", uid: string) => void
}

type Handle = (data: Record<string, unknown>, incoming: Incoming) => void

/** Commands that need nothing from us: typing, groups, old reactions, answers to pings. */
const IGNORED = new Set(["1/1", "2/1", "521/0", "522/0", "511/1", "602/0", "610/1", "611/1", "610/0", "611/0"])

/** One row a command of the socket that concerns us, with its sub-command. */
const BY_COMMAND: Readonly<Record<string, Handle>> = {
  "501/0": messages,
  "510/1": (data, incoming) => messages(data, { ...incoming, reading: { ...incoming.reading, backfill: true } }),
  "502/0": (data, incoming) => {
    each(data["delivereds"], incoming, (raw) => readReceipt("delivered", raw, incoming.reading))
    each(data["seens"], incoming, (raw) => readReceipt("seen", raw, incoming.reading))
  },
  "601/0": controls,
  "612/0": (data, incoming) => each(data["reacts"], incoming, (raw) => readReaction(raw, incoming.reading)),
}

/** Handles frames one after the other; what cannot be read is counted, and its neighbours are read all the same. */
export function createFrameReader(incoming: Incoming) {
  const unknown = new Map<string, number>()
  return {
    /** How often each command came that we do not know. */
    unknown: (): Readonly<Record<string, number>> => Object.fromEntries(unknown),
    read(frame: Frame, key: string): void {
      const command = `${frame.command}/${frame.sub}`
      if (IGNORED.has(command)) return
      const handle = Object.hasOwn(BY_COMMAND, command) ? BY_COMMAND[command] : undefined
      if (!handle) count(unknown, command, incoming.logger)
      try {
        // Commands that are not known have been seen to carry messages of citizens all the same.
        const act = handle ?? messages
        act(openFrame(frame, key), incoming)
      } catch (error) {
        if (handle) incoming.logger.warn({ command, error: nameOf(error) }, "Zalo frame not understood")
      }
    },
  }
}

function messages(data: Record<string, unknown>, incoming: Incoming): void {
  each(data["msgs"], incoming, (raw) => readMessage(raw, incoming.reading))
}

const controlShape = z.object({
  controlId: z.union([z.string(), z.number()]).transform(String).catch(""),
  content: z.object({
    act_type: z.string().catch(""),
    act: z.string().catch(""),
    fileId: z.coerce.string().catch(""),
    data: z.unknown().optional(),
  }),
})
const personShape = z.union([z.string(), z.number()]).transform(String)
const requestShape = z.object({ fromUid: personShape })
const fileShape = z.object({ url: z.string() })

function controls(data: Record<string, unknown>, incoming: Incoming): void {
  const { reading, uploaded, friend } = incoming
  each(data["controls"], incoming, (raw) => {
    const { controlId: key, content } = controlShape.parse(raw)
    const details = typeof content.data === "string" ? (parseLossless(content.data) ?? content.data) : content.data
    if (content.act_type === "file_done") uploaded(content.fileId, fileShape.parse(details).url)
    if (content.act_type !== "fr") return null
    if (content.act === "req_v2") {
      const { fromUid } = requestShape.parse(details)
      if (fromUid !== reading.uid) friend("asks", fromUid)
    }
    if (content.act !== "add" && content.act !== "remove") return null
    const peerId = personShape.parse(details)
    friend(content.act === "add" ? "added" : "removed", peerId)
    return readRelation({ state: content.act === "add" ? "followed" : "unfollowed", peerId, key }, reading)
  })
}

/** Reads each of a list on its own: one that cannot be read must not take its neighbours with it. */
function each(list: unknown, { logger, arrived }: Incoming, read: (raw: unknown) => Arrival | null): void {
  if (!Array.isArray(list)) return
  for (const raw of list) {
    try {
      const arrival = read(raw)
      if (arrival) arrived(arrival)
    } catch (error) {
      logger.warn({ error: nameOf(error), fields: isRecord(raw) ? Object.keys(raw) : [] }, "Zalo message not understood")
    }
  }
}

/** Told when first seen and at every power of ten after, so that a flood of them does not flood the log. */
function count(unknown: Map<string, number>, command: string, logger: Logger): void {
  const times = (unknown.get(command) ?? 0) + 1
  unknown.set(command, times)
  if (Number.isInteger(Math.log10(times))) logger.warn({ command, times }, "Zalo command not known")
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
