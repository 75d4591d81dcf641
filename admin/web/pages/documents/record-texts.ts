const day = (iso: string) => iso.split("-").reverse().join("/")

export const recordTexts = {
  title: "Văn bản đang dùng",
  back: "Về danh sách văn bản",
  unknown: "Không có văn bản này.",
  told: (version: number) => `Trợ lý đang trả lời theo văn bản này (nội dung lần ${version}).`,
  notTold: "Trợ lý không còn trả lời theo văn bản này.",
  fields: {
    number: "Số, ký hiệu",
    issuer: "Cơ quan ban hành",
    date: "Ngày ban hành",
    effectiveFrom: "Có hiệu lực từ",
    effectiveTo: "Có hiệu lực đến",
  },
  line: (name: string, value: string) => `${name}: ${/^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value) : value}`,
  pending: { editing: "Có đề nghị rút đang soạn.", review: "Đề nghị rút đang chờ duyệt ở trang Công bố." },
  withdraw: "Đề nghị rút văn bản",
  withdrawTitle: "Đề nghị rút văn bản này?",
  withdrawText:
    "Đề nghị được chuyển sang trang Công bố. Sau khi công bố, trợ lý không trả lời theo văn bản này nữa; nội dung cũ vẫn được giữ.",
  withdrawn: "Đã gửi đề nghị rút văn bản",
} as const
