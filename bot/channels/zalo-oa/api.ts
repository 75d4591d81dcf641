import { z } from "zod"
import type { Logger } from "../../logger.ts"
import type { Attachment, SendFailure } from "../../message.ts"
import { type Call, post, postJson, type Reply } from "../call.ts"
import type { HealthBoard } from "../health-board.ts"
import type { ZaloOaSettings } from "./account.ts"
import { FAULTS } from "./health.ts"
import { type Family, judge, type Judged } from "./outcomes.ts"
import type { Tokens } from "./tokens.ts"

export type Told<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: SendFailure }

/** A paid message by telephone number, worded by a template that Zalo approved; nobody needs to follow the account. */
export interface TemplateMessage {
  readonly phone: string
  readonly templateId: string
  readonly data: Readonly<Record<string, string>>
  /** Ours: Zalo's report of the delivery names it. */
  readonly trackingId: string
}

export interface ZaloOaApi {
  /** The id of the message that the citizen got. */
  sendMessage(userId: string, message: object): Promise<Told<string>>
  /** What a message then names the picture or file by. */
  upload(kind: "image" | "file", file: Attachment): Promise<Told<string>>
  readonly sendTemplate: (message: TemplateMessage) => Promise<Told<string>>
}

interface Dependencies {
  readonly settings: ZaloOaSettings
  readonly tokens: Tokens
  readonly board: () => HealthBoard
  readonly logger: Logger
  readonly deadlineMs?: number
}

interface Request {
  readonly family: Family
  /** Where in the answer stands what is wanted. */
  readonly wanted: string
  readonly run: (call: Omit<Call, "url" | "body">) => Promise<Reply>
}

const PHONE = /^(?:\+?84|0)(\d{9})$/
const UPLOADED = { image: "attachment_id", file: "token" } as const
const idOf = z.union([z.string().min(1), z.number().transform(String)])

/** The methods of an Official Account that we use; a token that is refused is renewed once and the request repeated once. */
export function createZaloOaApi({ settings, tokens, board, logger, deadlineMs }: Dependencies): ZaloOaApi {
  const { apiBaseUrl, templateBaseUrl } = settings
  const once = async ({ family, run }: Request, token: string): Promise<Judged> => {
    const reply = await run({ headers: { access_token: token }, ...(deadlineMs === undefined ? {} : { deadlineMs }) })
    tellHealth(board(), reply)
    const judged = judge(reply, family)
    if (judged.kind !== "token_invalid") board().well("access")
    if (judged.kind === "failed" && judged.code !== null) logger.warn({ family, code: judged.code }, "Zalo OA refused a request")
    return judged
  }
  const perform = async (request: Request): Promise<Told<string>> => {
    const access = await tokens.current()
    if (!access.ok) return access
    const judged = await once(request, access.token)
    if (judged.kind !== "token_invalid") return told(judged, request.wanted)
    const fresh = await tokens.insteadOf(access.token)
    if (!fresh.ok) return fresh
    const again = await once(request, fresh.token)
    if (again.kind === "token_invalid") board().fault("access", FAULTS.tokenRefused)
    return told(again, request.wanted)
  }

  return {
    sendMessage: (userId, message) =>
      perform({
        family: "message",
        wanted: "message_id",
        run: (call) => postJson({ ...call, url: `${apiBaseUrl}/v3.0/oa/message/cs` }, { recipient: { user_id: userId }, message }),
      }),
    async upload(kind, file) {
      const form = new FormData()
      form.set("file", new Blob([new Uint8Array(await file.read())], { type: file.mime }), file.name)
      const run: Request["run"] = (call) => post({ ...call, url: `${apiBaseUrl}/v2.0/oa/upload/${kind}`, body: form })
      const uploaded = await perform({ family: "upload", wanted: UPLOADED[kind], run })
      // Nobody sees a file that was only uploaded: it may be uploaded again.
      return !uploaded.ok && uploaded.failure.kind === "unknown"
        ? { ok: false, failure: { kind: "unreachable", detail: uploaded.failure.detail } }
        : uploaded
    },
    async sendTemplate({ phone, templateId, data, trackingId }) {
      const number = nationalPart(phone)
      if (number === undefined) return { ok: false, failure: { kind: "rejected", detail: "not a Vietnamese telephone number" } }
      const body = { phone: `84${number}`, template_id: templateId, template_data: data, tracking_id: trackingId }
      const run: Request["run"] = (call) => postJson({ ...call, url: `${templateBaseUrl}/message/template` }, body)
      return perform({ family: "template", wanted: "msg_id", run })
    },
  }
}

/** True for a Vietnamese telephone number, however it is written. */
export function isPhone(phone: string): boolean {
  return nationalPart(phone) !== undefined
}

const nationalPart = (phone: string) => PHONE.exec(phone.replace(/[\s.-]/g, ""))?.[1]

/** Success without the id of what was made is none: nothing can be said of what became of it. */
function told(judged: Judged, wanted: string): Told<string> {
  if (judged.kind !== "done") return { ok: false, failure: judged.failure }
  const id = idOf.safeParse(judged.data[wanted])
  return id.success ? { ok: true, value: id.data } : { ok: false, failure: { kind: "unknown", detail: `no ${wanted}` } }
}

function tellHealth(board: HealthBoard, reply: Reply): void {
  if (reply.kind !== "answer") board.fault("connection", FAULTS.unreachable(reply.detail))
  else if (reply.status >= 500) board.fault("connection", FAULTS.brokenDown(reply.status))
  else board.well("connection")
}
