export const careTexts = {
  off: "Tắt thủ tục",
  offTitle: "Tắt thủ tục này?",
  offText:
    "Có hiệu lực ngay: ai hỏi, trợ lý trả lời rằng xã đang rà soát lại thông tin và mời gọi đường dây nóng hoặc đến quầy. Nội dung không mất.",
  on: "Bật lại",
  turnedOff: "Đã tắt; trợ lý không còn trả lời theo thủ tục này",
  turnedOn: "Đã bật lại; trợ lý trả lời theo thủ tục này như trước",
  isOff: (reason: string) => `Đang tắt: ${reason}. Trợ lý trả lời rằng xã đang rà soát lại thông tin.`,
  whoTurnsOn: "Việc bật lại do người duyệt hoặc quản trị làm.",
} as const
