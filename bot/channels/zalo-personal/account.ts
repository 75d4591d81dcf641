import type { CookieRecord } from "zca-js"
import { z } from "zod"
import type { SecretStore } from "../../accounts/channel-kind.ts"

/** What staff read above the account's form. */
export const ZALO_PERSONAL_WARNING =
  "Kênh này dùng một tài khoản Zalo cá nhân qua thư viện không chính thức: Zalo có thể cảnh báo, giới hạn hoặc khóa tài khoản bất cứ lúc nào. " +
  "Chỉ nên dùng để thử nghiệm hoặc ở xã nhỏ, với một tài khoản lập riêng, không dùng tài khoản đang làm việc. " +
  "Để phục vụ người dân lâu dài, xin dùng Zalo Official Account (OA). Khi kênh đang chạy, xin không mở chat.zalo.me bằng tài khoản này."

const BUDGET_RANGE = "Số người lạ được trả lời mỗi ngày là số nguyên từ 0 đến 100."

export const zaloPersonalSettings = z.object({
  /** People who are not friends of the account and may be answered a day. */
  strangersPerDay: z.int({ error: BUDGET_RANGE }).min(0, { error: BUDGET_RANGE }).max(100, { error: BUDGET_RANGE }).default(30),
  acceptFriends: z.boolean({ error: "Tự chấp nhận lời mời kết bạn: chọn có hoặc không." }).default(false),
})

const NOT_SIGNED_IN = "Tài khoản Zalo chưa đăng nhập: xin quét mã QR."

const credentials = z.object({
  uid: z.string().min(1),
  /** The device as Zalo knows it: a new one looks like a new device, so it stays for the life of the account. */
  imei: z.string().min(1),
  userAgent: z.string().min(1),
  cookie: z.array(z.record(z.string(), z.unknown())).min(1),
})

export const zaloPersonalSecrets = z.object({
  credentials: z.custom<ZaloCredentials>((given) => credentials.safeParse(given).success, { error: NOT_SIGNED_IN }),
  /** The strangers of the day so far: a restart must not make the day begin anew. */
  strangers: z.object({ day: z.string(), uids: z.array(z.string()) }).optional(),
})

export interface ZaloCredentials {
  readonly uid: string
  readonly imei: string
  readonly userAgent: string
  readonly cookie: readonly CookieRecord[]
}
export type ZaloPersonalSettings = z.infer<typeof zaloPersonalSettings>
export type ZaloPersonalSecrets = z.infer<typeof zaloPersonalSecrets>

/** The secrets in memory, written one change after the other so that none undoes another. */
export interface SecretsKeeper {
  current(): ZaloPersonalSecrets
  /** Resolves after the commit. */
  change(change: (secrets: ZaloPersonalSecrets) => ZaloPersonalSecrets): Promise<void>
  /** Writes the cookies back when Zalo has changed them. Resolves after the commit. */
  keepCookies(cookies: readonly CookieRecord[]): Promise<void>
}

export async function openSecrets(store: SecretStore<ZaloPersonalSecrets>): Promise<SecretsKeeper> {
  let secrets = await store.read()
  let writing: Promise<void> = Promise.resolve()
  const change: SecretsKeeper["change"] = (edit) => {
    secrets = edit(secrets)
    const written = secrets
    const write = () => store.write(written)
    writing = writing.then(write, write)
    return writing
  }
  return {
    current: () => secrets,
    change,
    keepCookies: async (cookie) => {
      if (canonical(cookie) === canonical(secrets.credentials.cookie)) return
      await change((now) => ({ ...now, credentials: { ...now.credentials, cookie } }))
    },
  }
}

/** What makes a cookie another one; when it was last looked at does not. */
function canonical(cookies: readonly CookieRecord[]): string {
  const rows = cookies.map(({ key, value, domain, path, expires }) => JSON.stringify([domain, path, key, value, expires]))
  return rows.sort().join("\n")
}
