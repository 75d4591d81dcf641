/** How the assistant introduces itself and its commune (M01). */
export const communeTexts = {
  authority: (commune: string | null) => (commune ? `Ủy ban nhân dân ${commune}` : "Ủy ban nhân dân xã Minh Họa"),
  disclosure: (authority: string) => `Đây là trợ lý ảo của ${authority} (hệ thống trả lời tự động, có sử dụng trí tuệ nhân tạo).`,
  privacy: (days: number | null) =>
    `Để bảo vệ thông tin của mình, xin ông/bà không gửi số căn cước, ảnh giấy tờ, mật khẩu, mã OTP vào đây.${days ? ` Nội dung trò chuyện được lưu ${days} ngày để phục vụ và cải thiện việc hướng dẫn.` : ""}`,
  examples: [
    "Làm giấy khai sinh cần gì?",
    "Đăng ký kết hôn mất bao nhiêu tiền?",
    "Sao y bản chính ở đâu, bao lâu?",
    "Đăng ký thường trú cần giấy tờ gì?",
  ],
} as const
