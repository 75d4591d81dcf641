export const overviewTexts = {
  title: "Tổng quan",
  commune: (name: string | null) => (name ? `Trợ lý phục vụ ${name}.` : "Đơn vị chưa được đặt tên."),
  knowledge: "Kiến thức",
  version: (n: number) => `Bản ${n}`,
  counts: ({ procedures, documents, notices }: { procedures: number; documents: number; notices: number }) =>
    `${procedures} thủ tục, ${documents} văn bản, ${notices} thông tin công khai`,
  demo: "Đang dùng dữ liệu minh họa",
  channels: "Kênh",
  channelNames: {
    ...{ web: "Trang web", telegram: "Telegram", zalo_oa: "Zalo OA", zalo_bot: "Zalo Bot" },
    ...{ zalo_personal: "Zalo cá nhân", terminal: "Cửa sổ lệnh" },
  } as Readonly<Record<string, string>>,
  states: {
    ...{ online: "đang chạy", off: "đang tắt", connecting: "đang kết nối", standby: "máy khác đang phục vụ" },
    ...{ degraded: "gặp trục trặc, đang tự thử lại", needs_human: "cần cán bộ xử lý" },
  } as Readonly<Record<string, string>>,
  waiting: "Đang chờ",
  inbox: (n: number) => `${n} tin nhắn chờ xử lý`,
  outbox: (n: number) => `${n} tin nhắn chờ gửi`,
  failed: (n: number) => `${n} tin nhắn không gửi được`,
  unsent: "Xem các tin chưa gửi được",
  manage: "Xem và sửa các kênh",
  today: "Hôm nay",
  answers: (n: number) => `${n} câu hỏi đã trả lời`,
  unanswered: (n: number) => `${n} câu chưa có thông tin`,
  page: "Mở trang hỏi đáp",
  log: "Xem nhật ký thao tác",
} as const
