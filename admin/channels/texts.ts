import type { NeedsHuman } from "../../bot/message.ts"

/** Words of the forms of channels: where staff find what is asked for. */
export const formTexts = {
  telegram: {
    name: "Telegram",
    help: "Mở Telegram, nhắn @BotFather, gửi /newbot và làm theo hướng dẫn để nhận mã bot.",
    token: "Mã bot (token)",
    tokenHelp: "Có dạng 123456:ABC… Ai có mã này đều điều khiển được bot, xin giữ kín.",
    apiRoot: "Máy chủ Bot API riêng",
    apiRootHelp: "Để trống nếu dùng máy chủ của Telegram.",
    mode: "Cách nhận tin",
    modeHelp: "Chọn webhook chỉ khi máy chủ vào được từ Internet bằng https.",
    polling: "Chương trình tự hỏi (không cần địa chỉ công khai)",
    webhook: "Telegram gọi đến (webhook)",
    publicUrl: "Địa chỉ công khai của máy chủ",
    publicUrlHelp: "Chỉ cần cho webhook; bắt đầu bằng https://. Chương trình tự báo địa chỉ này cho Telegram.",
    proxy: "Máy chủ proxy",
    proxyHelp: "Khi mạng của xã chỉ vào được Telegram qua proxy, ví dụ http://proxy.xa.local:3128.",
    proxyLogin: "Tên và mật khẩu của proxy",
    proxyLoginHelp: "Có dạng tên:mật khẩu.",
    staffChat: "Mã nhóm cán bộ",
    staffChatHelp:
      "Không bắt buộc: một nhóm Telegram có bật chủ đề, nơi cán bộ đọc và trả lời người dân đang chờ. Mã là số âm (-100…), xem ở web.telegram.org. Điền và lưu mã trước, rồi mới thêm bot vào nhóm và cho làm quản trị viên có quyền quản lý chủ đề.",
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
    znsStaffReply: "Mẫu ZNS khi cán bộ trả lời quá giờ",
    znsHelp:
      "Chỉ điền khi xã có mẫu ZNS đã được Zalo duyệt (tin có tính phí). Ghi mã mẫu rồi các tham số, ví dụ: 301; ten={ho_ten}; noi_dung={noi_dung}; ngay={ngay}. Dùng được {noi_dung}, {ho_ten}, {ngay}, {gio} hoặc chữ cố định. Để trống: quá giờ thì không gửi, tin nằm ở “Tin chưa gửi được”.",
    znsCaseUpdate: "Mẫu ZNS khi phản ánh, hồ sơ có kết quả",
    znsReminder: "Mẫu ZNS nhắc lịch hẹn",
    znsSurvey: "Mẫu ZNS mời đánh giá",
    znsNotice: "Mẫu ZNS cho thông báo của xã",
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

/** What staff do about a channel that needs them, by what is the matter. */
export const remedies: Readonly<Record<NeedsHuman | "unnamed" | "degraded" | "crowded", string>> = {
  login_expired: "Bấm “Đăng nhập lại” và quét mã QR bằng điện thoại của tài khoản này.",
  kicked: "Mở Zalo trên điện thoại, xem tài khoản có bị khóa không, rồi bấm “Đăng nhập lại”.",
  duplicate_session: "Đóng Zalo trên máy tính và chat.zalo.me ở máy khác, rồi bấm “Đăng nhập lại”.",
  token_revoked: "Lấy mã mới ở nền tảng, bấm “Sửa” và dán mã đó vào ô mã; không cần khởi động lại.",
  account_restricted: "Mở ứng dụng của nền tảng, xem thông báo về tài khoản và làm theo hướng dẫn ở đó.",
  webhook_disabled: "Bật lại webhook ở trang của nền tảng và dán đúng địa chỉ webhook ghi dưới đây.",
  bad_settings: "Bấm “Sửa”, đối chiếu từng ô với thông tin ở trang của nền tảng rồi lưu lại.",
  unnamed: "Bấm “Sửa” để kiểm tra thông tin; nếu vẫn vậy, báo người phụ trách máy tính.",
  crowded:
    "Không mất tin nào; khi bớt người nhắn, trợ lý tự trả lời lại bình thường. Nếu kéo dài hoặc toàn tin lạ, báo người phụ trách máy tính.",
  degraded: "Chương trình đang tự thử lại. Nếu quá 15 phút chưa hết, xin kiểm tra mạng Internet và đồng hồ của máy.",
}

/** What is refused on the page of channels. */
export const channelRefusals = {
  noKind: "Không có loại kênh này",
  notSignedIn: "Tài khoản chưa đăng nhập xong, hoặc lần đăng nhập này đã bị đóng. Xin tạo mã QR mới.",
  fixed: "Kênh này khai báo trong tệp .env nên chỉ sửa được ở đó. Xin sửa tệp .env rồi khởi động lại chương trình.",
  mayArriveTwice: "Tin này có thể đã đến người dân. Xin xác nhận rằng chấp nhận tin đến hai lần.",
} as const
