import { createHmac } from "node:crypto"
import { z } from "zod"

const TOKEN = /^([A-Za-z0-9_-]+):\S{8,}$/
const address = (error: string) => z.url({ protocol: /^https?$/, error }).transform(withoutSlash)

/** What staff may see and change of a bot on Zalo's Bot Platform. */
export const zaloBotSettings = z
  .object({
    /** The platform hands updates either to who asks or to a webhook, never to both. */
    receive: z.enum(["polling", "webhook"], "Cách nhận tin chỉ là “polling” hoặc “webhook”").default("polling"),
    apiBaseUrl: address("Địa chỉ máy chủ phải bắt đầu bằng https://").default("https://bot-api.zaloplatforms.com"),
    /** Where the platform can reach this program: for the webhook, and to fetch the photos that we send. */
    publicBaseUrl: address("Địa chỉ công khai phải bắt đầu bằng https://").optional(),
  })
  .refine(({ receive, publicBaseUrl }) => receive === "polling" || publicBaseUrl !== undefined, {
    error: "Nhận tin qua webhook cần địa chỉ công khai của máy chủ",
    path: ["publicBaseUrl"],
  })
export type ZaloBotSettings = z.output<typeof zaloBotSettings>

export const zaloBotSecrets = z.object({
  token: z.string("Mã token của bot còn thiếu").trim().regex(TOKEN, "Mã token của bot có dạng “số:chuỗi bí mật”: xin chép lại đầy đủ"),
})
export type ZaloBotSecrets = z.output<typeof zaloBotSecrets>

/** What stands before the colon of a token names the bot; what follows is secret. */
export function botIdOf({ token }: ZaloBotSecrets): string {
  return TOKEN.exec(token)?.[1] ?? "bot"
}

/** What the platform proves itself with at our webhook: told to it with the address, so staff need not keep another secret. */
export function webhookSecretOf({ token }: ZaloBotSecrets): string {
  return createHmac("sha256", token).update("webhook").digest("hex")
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "")
}
