import type { Api } from "../api.ts"
import type { Info } from "../types.ts"
import type { WidgetSettings } from "./settings.ts"

const FIRST_RETRY_MS = 5_000
const LAST_RETRY_MS = 60_000

/** What the server tells of the commune, asked until it answers; null when it does not let this site embed the chat. */
export async function mayEmbed({ base, script }: WidgetSettings, api: Api): Promise<Info | null> {
  for (let wait = FIRST_RETRY_MS; ; wait = Math.min(2 * wait, LAST_RETRY_MS)) {
    try {
      return await api.info()
    } catch {
      // A refusal looks like a broken line. The script itself is for every site: when it is there, the server is.
      if (base !== window.location.origin && (await isThere(script))) {
        tellStaff(base)
        return null
      }
    }
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

async function isThere(script: string): Promise<boolean> {
  try {
    await fetch(script, { mode: "no-cors", method: "HEAD", cache: "no-store" })
    return true
  } catch {
    return false
  }
}

function tellStaff(base: string): void {
  const { origin } = window.location
  console.error(
    `Trợ lý Xã: trang ${origin} chưa được phép nhúng khung trò chuyện của ${base}. ` +
      `Hãy thêm ${origin} vào WIDGET_ORIGINS trong tệp .env của máy chạy trợ lý (hoặc vào connect-src của trang này), rồi khởi động lại.`,
  )
}
