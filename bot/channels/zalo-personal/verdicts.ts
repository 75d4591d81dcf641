import type { Health, NeedsHuman } from "../../message.ts"
import type { loginFault } from "./failures.ts"
import { CLOSED } from "./session.ts"

/** What the end of a connection, or of a try to get one, means. */
export type Verdict =
  | { readonly again: true; readonly reason: string; readonly afterMs?: number }
  | { readonly again: false; readonly why?: NeedsHuman; readonly reason: string }

export const EXPIRED: Verdict = {
  again: false,
  why: "login_expired",
  reason: "Phiên đăng nhập Zalo đã hết hạn hoặc bị từ chối: xin quét lại mã QR",
}
export const OTHER_ACCOUNT: Verdict = {
  again: false,
  why: "bad_settings",
  reason: "Phiên đăng nhập thuộc về một tài khoản Zalo khác: xin quét lại mã QR",
}
export const LOST: Verdict = { again: true, reason: "Mất kết nối với Zalo, đang kết nối lại" }

/** Where Zalo gave the session to somebody else we do not fight for it: a person decides. */
const BY_CODE: Readonly<Record<number, Verdict>> = {
  [CLOSED.duplicate]: {
    again: false,
    why: "duplicate_session",
    reason: "Tài khoản đang mở Zalo trên một máy khác (chat.zalo.me): xin đóng ở đó, rồi quét lại mã QR",
  },
  [CLOSED.kicked]: {
    again: false,
    why: "kicked",
    reason: "Zalo đã đăng xuất tài khoản này: xin kiểm tra trên điện thoại rồi quét lại mã QR",
  },
}

export const LOGIN_VERDICTS: Readonly<Record<ReturnType<typeof loginFault>, Verdict>> = {
  network: { again: true, reason: "Không kết nối được máy chủ Zalo" },
  refused: EXPIRED,
  not_understood: { again: false, reason: "Máy chủ Zalo trả lời khác trước nên không đăng nhập được: cần cập nhật phần mềm" },
}

export function endVerdict(code: number): Verdict {
  return BY_CODE[code] ?? LOST
}

export function healthOf(verdict: Verdict): Health {
  if (verdict.again) return { state: "degraded", reason: verdict.reason }
  return { state: "needs_human", reason: verdict.reason, ...(verdict.why ? { why: verdict.why } : {}) }
}
