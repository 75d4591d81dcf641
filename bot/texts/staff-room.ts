import type { Written } from "../staff-room.ts"

type Refused = Exclude<Written, { ok: true }>["why"] | "unavailable"

/** What a group of staff reads in the topic of a conversation. */
export const staffRoomTexts = {
  /** A name by which staff tell topics apart; nobody's real one. */
  topic: ({ peerId, when }: { peerId: string; when: string }) => `Người dân …${peerId.slice(-4)} · ${when}`,
  begins:
    "Người dân đang chờ cán bộ. Nhắn vào chủ đề này là trả lời người dân, trợ lý sẽ im lặng. /nhan: nhận cuộc trò chuyện, /xong: giao lại cho trợ lý.",
  ends: "Trợ lý tự động đã tiếp tục cuộc trò chuyện này. Nhắn vào đây là nhận lại.",
  citizen: "Người dân",
  edited: "(đã sửa tin)",
  quoting: (text: string) => `(trả lời tin “${text}”)`,
  taken: "Đã nhận cuộc trò chuyện, trợ lý im lặng. Nhắn vào đây để trả lời người dân.",
  unknownCommand: "Chỉ có hai lệnh: /nhan (nhận cuộc trò chuyện), /xong (giao lại cho trợ lý). Lệnh này không được gửi tới người dân.",
  commandAlone: "Lệnh xin gửi riêng, không kèm ảnh hay tệp. Tin này chưa tới người dân.",
  onlyThese: "Chỉ gửi được tin chữ, ảnh và tệp. Tin này chưa tới người dân.",
  noMember: "Chỉ thành viên của nhóm mới trả lời được. Tin này chưa tới người dân.",
  /** What became of a reply that did not arrive. */
  fates: {
    failed: "Tin vừa rồi chưa tới người dân. Lý do ở khu quản trị, trang Kênh, thẻ “Tin chưa gửi được”.",
    unknown: "Chưa rõ tin vừa rồi đã tới người dân chưa. Xem ở khu quản trị, trang Kênh, thẻ “Tin chưa gửi được”.",
  },
  refused: {
    no_such_conversation: "Không còn cuộc trò chuyện này. Tin này chưa tới người dân.",
    not_possible: "Cuộc trò chuyện này trợ lý đang giữ, không có gì để giao lại.",
    held_by_another: "Một cán bộ khác đang giữ cuộc trò chuyện nên tin này chưa tới người dân. Gửi /nhan để nhận, rồi nhắn lại.",
    empty: "Tin này không có chữ nên chưa tới người dân.",
    unreachable: "Người dân đã chặn hoặc rời kênh nên tin này không tới được.",
    too_large: "Ảnh hoặc tệp này quá lớn nên chưa tới người dân. Xin gửi bản nhỏ hơn.",
    not_allowed:
      "Vì an toàn, tệp loại này không được gửi đi nên chưa tới người dân. Gửi được: ảnh, đoạn phim, ghi âm, PDF, Word, Excel, PowerPoint không có macro.",
    unavailable: "Chưa tải được ảnh hoặc tệp này từ Telegram nên chưa tới người dân. Xin gửi lại.",
  } as const satisfies Readonly<Record<Refused, string>>,
  /** What staff read on the page of channels. */
  faults: {
    unusable: (why: string) =>
      `Không dùng được nhóm cán bộ trên Telegram (${why}): xin kiểm tra mã nhóm, bật chủ đề và cho bot làm quản trị viên có quyền quản lý chủ đề`,
    away: "Chưa chép được tin sang nhóm cán bộ trên Telegram; người dân không bị ảnh hưởng",
  },
} as const
