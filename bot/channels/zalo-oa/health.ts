import type { Fault } from "../health-board.ts"

const needsHuman = (why: NonNullable<Extract<Fault, { state: "needs_human" }>["why"]>, reason: string): Fault => ({
  state: "needs_human",
  reason,
  why,
})
const degraded = (reason: string): Fault => ({ state: "degraded", reason })

/** What staff read when something is wrong with an Official Account. */
export const FAULTS = {
  tokenRevoked: needsHuman("token_revoked", "Zalo không gia hạn mã truy cập của OA nữa: xin quản trị viên OA cấp quyền lại và nhập mã mới"),
  tokenRefused: needsHuman("token_revoked", "Zalo không nhận mã truy cập của OA, kể cả mã vừa gia hạn: xin kiểm tra quyền của ứng dụng"),
  notStored: degraded("Chưa lưu được mã truy cập của Zalo OA: xin kiểm tra ổ đĩa, trợ lý sẽ thử lại"),
  unreadable: degraded("Không đọc được khóa và mã truy cập của Zalo OA: xin kiểm tra dữ liệu của chương trình"),
  notRenewed: (detail: string) => degraded(`Chưa gia hạn được mã truy cập của Zalo OA (${detail}), trợ lý sẽ thử lại`),
  unreachable: (detail: string) => degraded(`Không kết nối được Zalo OA (${detail})`),
  brokenDown: (status: number) => degraded(`Zalo OA đang gặp lỗi (HTTP ${status})`),
  forged: degraded(
    "Webhook Zalo OA nhận yêu cầu có chữ ký không đúng: nếu người dân nhắn mà không được trả lời, xin kiểm tra App ID và OA Secret Key",
  ),
  late: (ms: number) =>
    degraded(`Sự kiện từ Zalo mang giờ sớm hơn đồng hồ máy ${spoken(ms)}: đồng hồ máy chạy sai, hoặc Zalo vừa gửi lại tin bị lỡ`),
  early: (ms: number) => degraded(`Đồng hồ máy chậm ${spoken(ms)} so với Zalo: xin chỉnh lại giờ của máy`),
  foreign: (oaId: string) => needsHuman("bad_settings", `Zalo gửi sự kiện của OA khác (mã ${oaId}): xin kiểm tra mã OA trong phần cài đặt`),
} as const

function spoken(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return minutes < 120 ? `${minutes} phút` : `${Math.round(minutes / 60)} giờ`
}
