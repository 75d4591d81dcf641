const number = (value: number): string => value.toLocaleString("vi-VN")

const two = (value: number): string => String(value).padStart(2, "0")

const officers = (hotline: string | null, hours: string | null): string => {
  const when = hours === null ? "" : ` (${hours})`
  return hotline === null ? `gặp cán bộ tại Trung tâm Phục vụ hành chính công${when}` : `gọi đường dây nóng ${hotline}${when}`
}

/** Every word of the page that does not come from the server. */
export const TEXTS = {
  communeUnknown: "Ủy ban nhân dân xã",
  assistant: "Trợ lý ảo",
  title: (commune: string): string => `Trợ lý ảo – ${commune}`,
  skip: "Đến ô nhập câu hỏi",
  demo: "Dữ liệu minh họa – chưa dùng để đi làm thủ tục",
  offline: "Đang mất kết nối mạng. Ông/bà cứ soạn và bấm Gửi, khi có mạng trở lại trợ lý sẽ tự gửi ạ.",

  disclosureLine: "Trợ lý ảo dùng trí tuệ nhân tạo",
  disclosureMore: "Xem thêm",
  disclosureLess: "Thu gọn",
  disclosure:
    "Xin chào ông/bà! Đây là trợ lý ảo, hệ thống trả lời tự động có sử dụng trí tuệ nhân tạo.\n" +
    "Để bảo vệ thông tin của mình, xin ông/bà không gửi số căn cước, ảnh giấy tờ, mật khẩu, mã OTP vào đây.",

  textSize: "Cỡ chữ",
  textSizes: [
    { label: "A", name: "Cỡ chữ vừa" },
    { label: "A+", name: "Cỡ chữ lớn" },
    { label: "A++", name: "Cỡ chữ rất lớn" },
  ],
  textSizeChosen: (name: string): string => `Đã chọn ${name.toLowerCase()}`,

  restart: "Cuộc trò chuyện mới",
  restartTitle: "Bắt đầu cuộc trò chuyện mới?",
  restartBody: "Các câu hỏi và câu trả lời đang hiển thị sẽ không còn trên máy này nữa ạ.",
  restartYes: "Bắt đầu mới",
  restartNo: "Giữ lại",
  restarted: "Đã bắt đầu cuộc trò chuyện mới",

  welcome: "Ông/bà cần hỏi việc gì ạ?",
  welcomeHint: "Ông/bà gõ câu hỏi ở ô phía dưới, có dấu hay không dấu đều được, hoặc chọn một câu hỏi mẫu:",
  contact: (hotline: string | null, hours: string | null): string =>
    `Nếu cần gặp người hướng dẫn, kính mời ông/bà ${officers(hotline, hours)} ạ.`,

  conversation: "Nội dung trò chuyện",
  citizenAsked: "Ông/bà hỏi",
  clock: (date: Date): string => `${String(date.getHours())} giờ ${two(date.getMinutes())}`,
  day: (date: Date): string => `, ${two(date.getDate())}/${two(date.getMonth() + 1)}/${String(date.getFullYear())}`,
  procedure: (name: string, code: string): string => `Thủ tục: ${name} (mã ${code})`,
  choices: "Xin ông/bà chọn một mục, hoặc nhắn số thứ tự của mục đó",

  sources: (count: number): string => `Nguồn (${number(count)})`,
  page: (page: number): string => `trang ${String(page)}`,
  openSource: "Mở văn bản gốc",
  opensNewPage: "(mở ở trang mới)",

  copy: "Sao chép",
  copied: "Đã sao chép",
  notCopied: "Xin lỗi, máy chưa cho phép sao chép. Ông/bà có thể nhấn giữ vào nội dung để chọn và sao chép ạ.",
  source: "Nguồn",

  feedback: "Câu trả lời này đúng hay chưa đúng?",
  right: "Đúng",
  wrong: "Chưa đúng",
  thanks: "Cảm ơn ông/bà đã cho ý kiến.",
  sorry: (hotline: string | null, hours: string | null): string =>
    "Cảm ơn ông/bà đã cho biết, và xin lỗi vì câu trả lời chưa đúng ý. " +
    `Ông/bà có thể hỏi lại rõ hơn một chút, hoặc ${officers(hotline, hours)} để được hướng dẫn ạ.`,
  feedbackFailed: "Xin lỗi, chưa gửi được ý kiến của ông/bà. Xin ông/bà bấm lại giúp ạ.",

  question: "Câu hỏi của ông/bà",
  placeholder: "Gõ câu hỏi…",
  send: "Gửi",
  count: (length: number, max: number): string => `${number(length)}/${number(max)} ký tự`,
  empty: "Xin ông/bà gõ câu hỏi rồi bấm Gửi ạ.",
  tooLong: (length: number, max: number): string =>
    `Câu hỏi đang dài ${number(length)} ký tự, trợ lý chỉ đọc được tối đa ${number(max)} ký tự. ` +
    "Xin ông/bà rút gọn hoặc tách thành nhiều câu giúp ạ.",
  busy: "Trợ lý đang trả lời câu trước, xin ông/bà chờ một chút rồi gửi ạ.",

  newer: "Có tin mới, bấm để xem",
  searching: "Đang tìm trong tài liệu của xã…",
  stillSearching: "Trợ lý vẫn đang tìm, xin ông/bà chờ thêm một chút ạ…",
  /** Steps that the server may name while it works; others show as `searching`. */
  steps: {
    compose: "Đang soạn câu trả lời…",
    verify: "Đang đối chiếu lại với tài liệu…",
  } as Readonly<Record<string, string>>,

  unsent: "Xin lỗi, câu hỏi chưa gửi được do mất kết nối. Nội dung vẫn được giữ, xin ông/bà bấm “Gửi lại” ạ.",
  slow: "Xin lỗi, trợ lý trả lời chậm hơn thường lệ. Nội dung vẫn được giữ, xin ông/bà bấm “Gửi lại” ạ.",
  unsentAfterReload: "Câu hỏi này có thể chưa gửi được. Nội dung vẫn được giữ, xin ông/bà bấm “Gửi lại” ạ.",
  serverError: "Xin lỗi, hệ thống đang bận. Nội dung vẫn được giữ, xin ông/bà bấm “Gửi lại” sau ít phút ạ.",
  queued: "Đang chờ có mạng. Câu hỏi được giữ và sẽ tự gửi ngay khi có kết nối trở lại ạ.",
  enclosureLost: "Ảnh hoặc tệp này chưa gửi được trước khi trang đóng lại. Xin ông/bà chọn lại giúp ạ.",
  resend: "Gửi lại",
  resendIn: (seconds: number): string => `Gửi lại (sau ${number(seconds)} giây)`,
  edit: "Sửa câu hỏi",

  attach: "Đính kèm ảnh, tệp hoặc vị trí",
  takePhoto: "Chụp ảnh",
  chooseFile: "Chọn ảnh, tệp",
  sharePlace: "Gửi vị trí",
  placeWhy:
    "Điện thoại sẽ hỏi ông/bà có đồng ý cho biết vị trí không. Vị trí chỉ được gửi tới xã khi ông/bà bấm Gửi, và chỉ dùng để trả lời việc này.",
  placeYes: "Lấy vị trí",
  placeNo: "Thôi",
  placeSearching: "Đang lấy vị trí…",
  placeFailed: "Chưa lấy được vị trí. Ông/bà có thể gõ địa chỉ bằng chữ giúp ạ.",
  placeRefused: "Ông/bà chưa cho phép lấy vị trí. Nếu cần, ông/bà gõ địa chỉ bằng chữ giúp ạ.",
  placeFound: (metres: number): string => `Vị trí của ông/bà (sai số khoảng ${number(metres)} m)`,
  preparing: "Đang chuẩn bị ảnh…",
  fileTooLarge: (megabytes: number): string => `Tệp này lớn quá ${number(megabytes)} MB. Xin ông/bà chọn tệp nhỏ hơn giúp ạ.`,
  fileSize: (bytes: number): string =>
    bytes < 1_000_000 ? `${number(Math.ceil(bytes / 1000))} kB` : `${number(Math.round(bytes / 100_000) / 10)} MB`,
  removeEnclosure: "Bỏ đính kèm",
  enclosed: "Đính kèm",
  uploading: "Đang gửi lên",
  slowUpload: "Xin lỗi, gửi lên lâu hơn thường lệ. Ảnh hoặc tệp vẫn được giữ, xin ông/bà bấm “Gửi lại” ạ.",
  officer: "Cán bộ",

  widgetOpen: "Hỏi trợ lý ảo",
  widgetUnread: (count: number): string => `Hỏi trợ lý ảo, ${number(count)} tin chưa đọc`,
  widgetClose: "Đóng khung trò chuyện",
  widgetPanel: "Trò chuyện với trợ lý ảo",
} as const
