/** Words of the forms of channels: where staff find what is asked for. */
export const formTexts = {
  telegram: {
    name: "Telegram",
    help: "Mở Telegram, nhắn @BotFather, gửi /newbot và làm theo hướng dẫn để nhận mã bot.",
    token: "Mã bot (token)",
    tokenHelp: "Có dạng 123456:ABC… Ai có mã này đều điều khiển được bot, xin giữ kín.",
    apiRoot: "Máy chủ Bot API riêng",
    apiRootHelp: "Để trống nếu dùng máy chủ của Telegram.",
  },
  zaloOa: {
    name: "Zalo Official Account",
    help: "Cần một Zalo OA đã xác thực và một ứng dụng tại developers.zalo.me đã liên kết với OA đó.",
    appId: "Mã ứng dụng (App ID)",
    oaId: "Mã Official Account (OA ID)",
    appSecret: "Khóa bí mật của ứng dụng",
    oaSecret: "Khóa bí mật của OA (OA Secret Key)",
    oaSecretHelp: "Ở mục Webhook của ứng dụng; khác với khóa bí mật của ứng dụng.",
    accessToken: "Access token",
    refreshToken: "Refresh token",
    refreshTokenHelp: "Dùng một lần: chương trình tự đổi mã mới. Không dùng mã này ở nơi khác.",
    windowHours: "Số giờ được trả lời sau tin của người dân",
    freeReplies: "Số tin trả lời miễn phí cho mỗi tin của người dân",
  },
  zaloBot: {
    name: "Zalo Bot",
    help: "Tạo bot tại bot.zaloplatforms.com để nhận token. Hợp để dùng thử hoặc khi OA chưa được xác thực.",
    token: "Token của bot",
    receive: "Cách nhận tin",
    receiveHelp: "Chọn webhook chỉ khi máy chủ vào được từ Internet bằng https.",
    polling: "Chương trình tự hỏi (không cần địa chỉ công khai)",
    webhook: "Zalo gọi đến (webhook)",
    publicBaseUrl: "Địa chỉ công khai của máy chủ",
    publicBaseUrlHelp: "Bắt đầu bằng https://. Chương trình tự báo địa chỉ này cho Zalo.",
  },
  zaloPersonal: {
    name: "Zalo cá nhân",
    strangersPerDay: "Số người lạ được trả lời mỗi ngày",
    acceptFriends: "Tự chấp nhận lời mời kết bạn",
  },
} as const

/** What is refused on the page of channels. */
export const channelRefusals = {
  noKind: "Không có loại kênh này",
  fixed: "Kênh này khai báo trong tệp .env nên chỉ sửa được ở đó. Xin sửa tệp .env rồi khởi động lại chương trình.",
  mayArriveTwice: "Tin này có thể đã đến người dân. Xin xác nhận rằng chấp nhận tin đến hai lần.",
} as const
