import { createHmac } from "node:crypto"
import { z } from "zod"

export const TELEGRAM = "https://api.telegram.org"
const TOKEN = /^(\d+):[\w-]+$/
const address = (error: string) => z.url({ protocol: /^https?$/, error }).transform(withoutSlash)

/** What staff may see and change of a Telegram bot. */
export const telegramSettings = z
  .object({
    /** Telegram hands updates either to who asks or to a webhook, never to both. */
    mode: z.enum(["polling", "webhook"], "Cách nhận tin chỉ là “polling” hoặc “webhook”").default("polling"),
    apiRoot: address("Địa chỉ máy chủ Bot API phải bắt đầu bằng https://").default(TELEGRAM),
    /** Where the network lets Telegram through only by a proxy. */
    proxy: address("Địa chỉ proxy phải bắt đầu bằng http:// hoặc https://")
      .refine((url) => new URL(url).username === "", "Tên và mật khẩu của proxy xin nhập ở ô riêng, không ghi trong địa chỉ")
      .optional(),
    /** Where Telegram can reach this program; only the webhook needs it. */
    publicUrl: address("Địa chỉ công khai phải bắt đầu bằng https://").optional(),
    /** A group of staff with topics that mirrors the conversations in which a human is asked for. */
    staffChatId: z
      .string("Mã nhóm cán bộ không đúng")
      .trim()
      .regex(/^-\d{6,20}$/, "Mã nhóm cán bộ là một số âm, ví dụ -1001234567890")
      .optional(),
  })
  .refine(({ mode, publicUrl }) => mode === "polling" || publicUrl !== undefined, {
    error: "Nhận tin qua webhook cần địa chỉ công khai của máy chủ",
    path: ["publicUrl"],
  })
  .refine(({ apiRoot, publicUrl }) => apiRoot !== TELEGRAM || (publicUrl?.startsWith("https://") ?? true), {
    error: "Telegram chỉ gọi địa chỉ công khai bắt đầu bằng https://",
    path: ["publicUrl"],
  })
export type TelegramSettings = z.output<typeof telegramSettings>

export const telegramSecrets = z.object({
  token: z.string("Mã token của bot còn thiếu").trim().regex(TOKEN, "Mã token của bot có dạng “số:chuỗi bí mật”: xin chép lại đầy đủ"),
  proxyLogin: z
    .string("Tên và mật khẩu của proxy không đúng")
    .regex(/^[^:]+:.+$/, "Tên và mật khẩu của proxy có dạng “tên:mật khẩu”")
    .optional(),
})
export type TelegramSecrets = z.output<typeof telegramSecrets>

/** The number before the colon of a token names the bot; what follows is secret. */
export function botIdOf(token: string): string {
  return TOKEN.exec(token)?.[1] ?? "bot"
}

/** What Telegram proves itself with at our webhook: told to it with the address, so staff need not keep another secret. */
export function webhookSecretOf(token: string): string {
  return createHmac("sha256", token).update("webhook").digest("hex")
}

export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "")
}
