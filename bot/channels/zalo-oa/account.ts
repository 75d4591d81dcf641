import { z } from "zod"
import { templateLine, type TemplateLines } from "./templates.ts"

const id = (name: string) =>
  z
    .string(`${name} còn thiếu`)
    .trim()
    .regex(/^\d{5,30}$/, `${name} chỉ gồm chữ số`)
const secret = (name: string) => z.string(`${name} còn thiếu`).trim().min(8, `${name} quá ngắn: xin chép lại đầy đủ`)
const address = (standard: string) =>
  z
    .url({ protocol: /^https?$/, error: "Địa chỉ máy chủ phải bắt đầu bằng https://" })
    .transform(withoutSlash)
    .default(standard)
const count = (name: string, most: number) =>
  z.number(`${name} phải là số`).int(`${name} phải là số nguyên`).min(0, `${name} không được âm`).max(most, `${name} không quá ${most}`)

/** What staff may see and change of an Official Account. */
export const zaloOaSettings = z.object({
  appId: id("Mã ứng dụng (App ID)"),
  oaId: id("Mã Official Account (OA ID)"),
  apiBaseUrl: address("https://openapi.zalo.me"),
  oauthBaseUrl: address("https://oauth.zaloapp.com"),
  templateBaseUrl: address("https://business.openapi.zalo.me"),
  /** How long after a citizen's last message they may be answered; platforms change such rules. */
  windowHours: count("Số giờ được trả lời", 24 * 30).default(48),
  /** How many messages may answer one of a citizen's; what goes beyond is billed. */
  freeReplies: count("Số tin trả lời miễn phí", 1000).default(8),
  /** Templates for what is to be said after that, by what it is. */
  znsStaffReply: templateLine,
  znsCaseUpdate: templateLine,
  znsReminder: templateLine,
  znsSurvey: templateLine,
  znsNotice: templateLine,
})
export type ZaloOaSettings = z.output<typeof zaloOaSettings>

/** The templates by the purpose of a message. */
export function templateLinesOf(settings: ZaloOaSettings): TemplateLines {
  return {
    staff_reply: settings.znsStaffReply,
    case_update: settings.znsCaseUpdate,
    reminder: settings.znsReminder,
    survey: settings.znsSurvey,
    notice: settings.znsNotice,
  }
}

/** The keys of the application and of the account; the tokens change twice a day. */
export const zaloOaSecrets = z.object({
  appSecret: secret("Khóa bí mật của ứng dụng"),
  /** Signs what Zalo sends to the webhook; not the application's. */
  oaSecret: secret("Khóa bí mật của OA (OA Secret Key)"),
  accessToken: secret("Access token"),
  refreshToken: secret("Refresh token"),
  /** ISO time; unknown for tokens that were typed in. */
  accessExpiresAt: z.iso.datetime("Thời hạn của access token không đúng").optional(),
  /** ISO time until which one process alone may spend the refresh token. */
  renewingUntil: z.iso.datetime().optional(),
})
export type ZaloOaSecrets = z.output<typeof zaloOaSecrets>

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "")
}
