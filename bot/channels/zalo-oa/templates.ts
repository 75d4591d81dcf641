import { z } from "zod"
import type { PhoneBook } from "../../accounts/phone-book.ts"
import { textOf } from "../../body.ts"
import type { OutboundMessage, Purpose, SendFailure, SendOutcome } from "../../message.ts"
import { shortened } from "../../numbered.ts"
import type { ZaloOaApi } from "./api.ts"

/** What is said outside the window at all: an answer of the assistant that comes two days late helps nobody. */
export const TEMPLATE_PURPOSES = ["staff_reply", "case_update", "reminder", "survey", "notice"] as const satisfies readonly Purpose[]
export type TemplatePurpose = (typeof TEMPLATE_PURPOSES)[number]

/** A template that Zalo approved, and what stands in each of its places. */
interface Template {
  readonly id: string
  readonly data: readonly (readonly [name: string, value: string])[]
}

interface Filling {
  readonly message: OutboundMessage
  readonly name: string | undefined
  readonly at: Date
}

/** Zalo takes short values only; what is longer is cut, and then the words count as not said. */
const MAX_WORDS = 200
const WORDS = "noi_dung"
const PLACE = /\{([^{}]*)\}/g
const dates = new Intl.DateTimeFormat("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", year: "numeric" })
const hours = new Intl.DateTimeFormat("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit" })

/** What may stand in curly brackets. */
const PLACES: Readonly<Record<string, (filling: Filling) => string>> = {
  [WORDS]: ({ message }) => shortened(wordsOf(message), MAX_WORDS),
  ho_ten: ({ name }) => name ?? "ông/bà",
  ngay: ({ at }) => dates.format(at),
  gio: ({ at }) => hours.format(at),
}

/** Reads “301; noi_dung={noi_dung}; xa=Xã An Bình”; a Vietnamese sentence where it cannot be read. */
function readTemplate(line: string): Template | string {
  const [id = "", ...parts] = line.split(";").map((part) => part.trim())
  if (!/^\d{1,20}$/.test(id)) return "Xin ghi mã mẫu ZNS (chỉ gồm chữ số) trước, rồi đến các tham số, cách nhau bằng dấu chấm phẩy"
  const data = parts.filter((part) => part !== "").map((part) => pairOf(part))
  const wrong = data.find((pair) => typeof pair === "string")
  return wrong ?? { id, data: data.filter((pair) => typeof pair !== "string") }
}

function pairOf(part: string): readonly [string, string] | string {
  const [, name, value] = /^([A-Za-z]\w{0,59})\s*=\s*(\S.*)$/su.exec(part) ?? []
  if (name === undefined || value === undefined)
    return `Tham số “${part}” chưa đúng: xin ghi tên_tham_số={${WORDS}} hoặc tên_tham_số=chữ cố định`
  const unknown = [...value.matchAll(PLACE)].find(([, place = ""]) => !Object.hasOwn(PLACES, place))?.[0]
  const known = Object.keys(PLACES).map((place) => `{${place}}`)
  return unknown === undefined ? [name, value] : `Không có ${unknown}: chỉ dùng được ${known.join(", ")}`
}

/** A template as staff type it in one line. */
export const templateLine = z
  .string("Mẫu ZNS chưa đúng")
  .trim()
  .max(500, "Mẫu ZNS quá dài")
  .superRefine((line, context) => {
    const read = readTemplate(line)
    if (typeof read === "string") context.addIssue({ code: "custom", message: read })
  })
  .optional()

export type TemplateLines = Readonly<Partial<Record<TemplatePurpose, string | undefined>>>

interface Dependencies {
  readonly lines: TemplateLines
  readonly api: Pick<ZaloOaApi, "sendTemplate">
  readonly phones: PhoneBook
  readonly now: () => Date
}

/** Says by a paid template what the window forbids, where there is one for such a message and the citizen gave a number. */
export function createTemplates({ lines, api, phones, now }: Dependencies) {
  const templates = new Map<Purpose, Template>(
    TEMPLATE_PURPOSES.flatMap((purpose) => {
      const read = readTemplate(lines[purpose] ?? "")
      return typeof read === "string" ? [] : [[purpose, read] as const]
    }),
  )
  return {
    any: templates.size > 0,
    async send(message: OutboundMessage): Promise<SendOutcome | null> {
      const template = templates.get(message.purpose)
      const known = template ? await phones.find(message.to) : null
      if (!template || !known) return null
      const data = filled(template, { message, name: known.name, at: now() })
      const { id: templateId } = template
      const told = await api.sendTemplate({ phone: known.phone, templateId, data, trackingId: trackingId(message) })
      if (!told.ok) return { ok: false, partsSent: 0, failure: failureOf(told.failure, templateId) }
      if (saysItAll(template, message)) return { ok: true, partsSent: 1, messageIds: [told.value] }
      return { ok: false, partsSent: 0, messageIds: [told.value], failure: { kind: "window_closed", detail: noticed(templateId) } }
    },
  }
}

function filled({ data }: Template, filling: Filling): Record<string, string> {
  const put = (value: string) => value.replace(PLACE, (_, place: string) => PLACES[place]?.(filling) ?? "")
  return Object.fromEntries(data.map(([name, value]) => [name, put(value)]))
}

function saysItAll({ data }: Template, message: OutboundMessage): boolean {
  const told = data.some(([, value]) => value.includes(`{${WORDS}}`)) && wordsOf(message).length <= MAX_WORDS
  return told && (message.attachments?.length ?? 0) === 0
}

/** One line: a template has no paragraphs. */
const wordsOf = ({ body }: OutboundMessage) => textOf(body).replace(/\s+/g, " ").trim()
const trackingId = ({ idempotencyKey }: OutboundMessage) => idempotencyKey.replace(/[^\w-]/g, "-").slice(-48)
const noticed = (templateId: string) => `đã báo tin bằng mẫu ZNS ${templateId}, chưa gửi được nội dung`

/** That a number has no Zalo, or that a template was refused, says nothing of the chat itself: it is closed as it was. */
function failureOf(failure: SendFailure, templateId: string): SendFailure {
  const ofTheChat = failure.kind === "recipient_refuses" || failure.kind === "rejected" || failure.kind === "window_closed"
  return ofTheChat ? { kind: "window_closed", detail: `mẫu ZNS ${templateId} không gửi được: ${failure.detail}` } : failure
}
