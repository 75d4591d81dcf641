import type { KnowledgeBase } from "../../knowledge/base.ts"
import { plusDays } from "../../knowledge/calendar/dates.ts"
import type { Notice, NoticeKind } from "../../knowledge/notice.ts"
import { placeName } from "./places.ts"
import type { SourcedPassage } from "./passage.ts"

/** How citizens ask for each kind of notice. */
const ASKED_AS: Readonly<Record<Exclude<NoticeKind, "faq">, string>> = {
  opening_hours: "giờ làm việc, mấy giờ làm việc, mấy giờ mở cửa, mấy giờ đóng cửa, thứ bảy có làm không, địa chỉ ở đâu",
  contact: "số điện thoại, gọi số nào, liên hệ ai",
  reception: "lịch tiếp công dân, tiếp dân ngày nào, gặp chủ tịch, gặp lãnh đạo",
  same_day: "trả kết quả trong ngày, lấy ngay trong ngày, thứ mấy làm xong ngay",
  weekly_schedule: "lịch công tác tuần, tuần này chủ tịch làm gì, lãnh đạo đi đâu, lịch làm việc của lãnh đạo",
  holidays: "lịch nghỉ lễ, nghỉ tết, nghỉ mấy ngày, nghỉ từ ngày nào đến ngày nào, ngày làm bù",
  data_protection: "dữ liệu cá nhân, lưu tin nhắn, bảo mật thông tin, xóa dữ liệu",
}

/** Public notices as passages, so that questions on hours, telephone numbers and reception days find them like any text. */
export function noticePassages(base: KnowledgeBase): SourcedPassage[] {
  return base.notices.map((notice) => ({
    id: `notice:${notice.id}#${base.digests.get(`notice:${notice.id}`)?.slice(0, 12) ?? ""}`,
    documentId: `notice:${notice.id}`,
    path: [notice.title],
    page: null,
    blocks: [{ kind: "paragraph", text: notice.text }],
    text: notice.text,
    title: notice.source,
    place: base.home ? placeName(base.home.commune) : null,
    placeWritten: base.home?.commune ?? null,
    wide: false,
    verified: true,
    date: null,
    url: null,
    expires: endOf(notice),
    readable: [notice.text],
    alsoCalled: notice.kind === "faq" ? notice.questions.join("\n") : ASKED_AS[notice.kind],
    ...(notice.kind === "faq" ? { evidence: notice.quote } : {}),
  }))
}

/** A week's schedule and a year's days off are not told as news once they are over. */
function endOf(notice: Notice): string | null {
  if (notice.kind === "weekly_schedule") return plusDays(notice.monday, 6)
  return notice.kind === "holidays" ? `${notice.year}-12-31` : null
}
