/** What the staff area answers when it does not do what was asked, each with the way on. */
export const refusals = {
  signedOut: "Phiên làm việc đã hết hoặc chưa đăng nhập. Xin đăng nhập rồi làm lại.",
  forbidden: "Vai trò của ông/bà không có quyền làm việc này. Xin liên hệ người quản trị nếu cần.",
  crossSite: "Yêu cầu này không đến từ trang quản trị nên đã bị từ chối. Xin mở lại trang quản trị và làm lại.",
  invalid: "Có ô chưa đúng. Xin xem lại các ô được đánh dấu.",
  unreadable: "Yêu cầu không đọc được. Xin tải lại trang rồi làm lại.",
  tooLarge: "Nội dung gửi lên quá lớn.",
  unknownPath: "Không có địa chỉ này. Xin tải lại trang quản trị.",
  notFound: "Không tìm thấy mục này, có thể đã có người xóa hoặc thay đổi. Xin tải lại danh sách.",
  tooMany: "Có quá nhiều yêu cầu từ máy này. Xin chờ một phút rồi làm lại.",
  unexpected: "Hệ thống gặp lỗi và đã ghi lại. Xin làm lại sau ít phút; nếu vẫn lỗi, báo người phụ trách máy tính.",
  wrongSignIn: "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại.",
  codeRequired: "Tài khoản này có bước xác nhận thứ hai. Xin ghi mã 6 chữ số trong ứng dụng xác thực.",
  wrongCode: "Mã xác nhận chưa đúng hoặc đã dùng rồi. Xin chờ mã mới hiện ra rồi ghi lại, hoặc dùng một mã dự phòng.",
  wait: (seconds: number) => `Đã thử sai nhiều lần. Để giữ an toàn cho tài khoản, xin chờ ${span(seconds)} rồi thử lại.`,
  setupLink:
    "Liên kết thiết lập đã dùng rồi hoặc đã được thay. Nếu chưa thiết lập xong, xin khởi động lại chương trình để có liên kết mới.",
  staffLink: "Liên kết này đã dùng rồi, đã hết hạn hoặc đã bị thu hồi. Xin người quản trị tạo liên kết mới.",
  accountTaken: "Tên đăng nhập này đã có người dùng, xin chọn tên khác",
  wrongPassword: "Mật khẩu hiện tại chưa đúng",
  secondStepOn: "Bước xác nhận thứ hai đang bật. Xin tắt trước khi thiết lập lại.",
  wrongFirstCode: "Mã chưa khớp. Xin kiểm tra giờ trên điện thoại rồi ghi mã đang hiện",
  lastAdmin: "Đây là người quản trị cuối cùng đang hoạt động. Xin giao vai trò quản trị cho người khác trước.",
  oneself: "Không tự khóa tài khoản của mình được. Xin nhờ một người quản trị khác.",
  stillReading: "Tệp này đang được đọc. Xin chờ đọc xong rồi làm lại.",
  published: "Tệp này đã công bố nên không xóa được, để còn đối chiếu với bản gốc.",
  importRunning: "Đang tạo bản nháp từ tệp này. Xin chờ xong rồi làm tiếp.",
  notRead: "Tệp này chưa đọc xong hoặc không đọc được nên chưa có nội dung. Xin tải lại trang.",
  notConfirmed: "Chưa có người xác nhận thông tin của văn bản. Xin kiểm tra từng ô rồi bấm Xác nhận trước khi công bố.",
  namesake: (title: string) =>
    `Tên tệp này trùng với văn bản đang dùng “${title}”. Xin chọn: thay văn bản đó, hay là văn bản khác (giữ cả hai), rồi bấm Xác nhận.`,
  overtaken: "Nội dung đã được người khác thay đổi trong lúc ông/bà đang xem. Xin tải lại trang để xem bản mới rồi làm lại.",
  noProcedures: "Tệp này không có thủ tục nào, hoặc chưa đọc xong. Xin kiểm tra lại tệp.",
  notAnEditor: "Người này không soạn thủ tục được (chưa có vai trò hoặc đang bị khóa), xin chọn người khác",
  notInSource: (figures: string) => `Trong phần trích nguồn không có: ${figures}. Xin chép đúng lời của nguồn hoặc sửa lại câu trả lời.`,
  groupMoved: "Nhóm câu hỏi này đã có người xử lý trong lúc ông/bà đang xem. Xin tải lại trang.",
  personalData: "Có thông tin riêng của người hỏi (số điện thoại, số giấy tờ…). Xin bỏ phần đó rồi ghi lại.",
  wordingKnown: "Thủ tục này đã có cách nói này rồi",
  pinnedElsewhere: (name: string) => `Câu này đã được ghim vào thủ tục “${name}”. Xin bỏ ở đó trước.`,
  beingWithdrawn: "Thủ tục này đã ngừng công bố hoặc có bản soạn xin ngừng công bố, nên không thêm cách nói được.",
  inactive: "Tài khoản này đang bị khóa. Xin mở lại tài khoản trước.",
} as const

function span(seconds: number): string {
  return seconds < 90 ? `${seconds} giây` : `${Math.ceil(seconds / 60)} phút`
}

/** The note of drafts that were made of a file. */
export const importNote = (file: string) => `Nhập từ tệp ${file}`

/** What the preview of a procedure asks: the four things that citizens ask most. */
export const previewQuestions = ["Cần mang giấy tờ gì?", "Lệ phí bao nhiêu?", "Bao lâu thì xong?", "Nộp ở đâu?"] as const

/** What the wizard publishes as the commune's own notices. */
export const openingTexts = {
  source: (commune: string) => `Thông tin do ${commune} công bố`,
  hoursTitle: "Giờ làm việc của Trung tâm Phục vụ hành chính công",
  place: (commune: string) => `Trung tâm Phục vụ hành chính công ${commune}`,
  hours: (commune: string, { days, morning, afternoon }: { days: string; morning: string; afternoon: string }) =>
    `Trung tâm Phục vụ hành chính công ${commune} tiếp nhận và trả kết quả ${days}, buổi sáng ${morning}, buổi chiều ${afternoon}; nghỉ các ngày lễ, Tết.`,
  span: (from: string, to: string) => `${spoken(from)} đến ${spoken(to)}`,
  days: (weekdays: readonly number[]) => daysInWords(weekdays),
  hotlineTitle: "Đường dây nóng",
  hotlineRole: "Đường dây nóng",
  hotline: (commune: string, phone: string) =>
    `Đường dây nóng UBND ${commune} tiếp nhận phản ánh, kiến nghị về thủ tục hành chính trong giờ làm việc, điện thoại ${phone}.`,
} as const

const spoken = (clock: string) => clock.replace(":", " giờ ")

const DAYS = ["", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]

function daysInWords(weekdays: readonly number[]): string {
  const sorted = [...new Set(weekdays)].sort((a, b) => a - b)
  const [first = 1, last = first] = [sorted[0], sorted.at(-1)]
  const unbroken = sorted.length > 2 && last - first === sorted.length - 1
  return unbroken ? `từ ${DAYS[first]} đến ${DAYS[last]}` : `vào ${sorted.map((day) => DAYS[day]).join(", ")}`
}
