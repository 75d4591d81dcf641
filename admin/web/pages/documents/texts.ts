import type { DocumentRow } from "../../../contract/documents.ts"

const KB = 1024
const rounded = (size: number) => size.toLocaleString("vi-VN", { maximumFractionDigits: 1 })
const megabytes = (bytes: number) => (bytes < KB * KB ? `${Math.ceil(bytes / KB)} KB` : `${rounded(bytes / KB / KB)} MB`)

const day = (iso: string) => iso.split("-").reverse().join("/")

const states: Readonly<Record<DocumentRow["stage"], string>> = {
  waiting: "Đang chờ đọc",
  reading: "Đang đọc",
  read: "Đã đọc, chờ xác nhận",
  needs_review: "Cần xem lại",
  failed: "Không đọc được",
  to_publish: "Đã xác nhận, chờ công bố",
  published: "Đã công bố",
}

export const documentTexts = {
  title: "Văn bản",
  hint: "Đưa văn bản của xã vào đây. Chương trình đọc, cán bộ kiểm tra và xác nhận, người duyệt công bố; sau đó trợ lý trả lời theo văn bản.",
  told: "Văn bản đang dùng để trả lời",
  list: "Danh sách tệp",
  search: "Tìm theo tên tệp",
  name: "Tên tệp",
  state: "Trạng thái",
  states,
  added: "Đưa vào lúc",
  by: (who: string) => (who === "inbox" ? "từ thư mục data/inbox" : who),
  size: megabytes,
  progress: (done: number, total: number | null) => (total === null ? "đang mở tệp" : `trang ${done}/${total}`),
  published: (moment: string) => `Đã công bố ${moment}`,
  actions: "Việc cần làm",
  open: "Xem và xác nhận",
  openOf: (name: string) => `Xem và xác nhận ${name}`,
  retry: "Đọc lại",
  retryOf: (name: string) => `Đọc lại ${name}`,
  retried: "Đã xếp hàng đọc lại",
  remove: "Xóa",
  removeOf: (name: string) => `Xóa ${name}`,
  removeTitle: "Xóa tệp này?",
  removeText: (name: string) => `“${name}” và bản gốc sẽ bị xóa khỏi máy. Việc này không lấy lại được.`,
  removed: "Đã xóa",
  close: "Đóng",

  upload: {
    title: "Đưa tệp vào",
    drop: "Kéo thả tệp vào đây, hoặc",
    choose: "Chọn tệp",
    kinds: (max: number) => `PDF, Word, Excel, HTML, Markdown, văn bản thường, ảnh JPEG, PNG; mỗi tệp nhiều nhất ${megabytes(max)}.`,
    tooLarge: (bytes: number, max: number) =>
      `Tệp quá lớn (${megabytes(bytes)}, nhiều nhất ${megabytes(max)}). Xin tách thành nhiều tệp nhỏ hơn.`,
    waiting: "Đang chờ gửi",
    sending: (share: number) => `Đang gửi ${Math.round(share * 100)}%`,
    done: "Đã nhận, đang chờ đọc",
    progressOf: (name: string) => `Tiến độ gửi ${name}`,
  },

  reviewTitle: "Xem và xác nhận văn bản",
  back: "Về danh sách văn bản",
  original: "Tải bản gốc",
  whatToLookAt: "Cần xem",
  scanNotCompared: "Bản quét chưa đối chiếu: trợ lý vẫn trả lời, nhưng nhắc người dân xác nhận lại các con số.",
  records: (count: number) => `Tệp có ${count.toLocaleString("vi-VN")} mục. Người duyệt xem bản gốc rồi công bố.`,
  steps: { head: "1. Thông tin của văn bản", text: "2. Nội dung từng trang", publish: "3. Công bố" },
  head: {
    number: "Số, ký hiệu",
    issuer: "Cơ quan ban hành",
    date: "Ngày ban hành",
    kind: "Loại văn bản",
    title: "Tên văn bản",
    signer: "Người ký",
    effectiveFrom: "Có hiệu lực từ",
    effectiveTo: "Có hiệu lực đến",
  },
  clearDay: (field: string) => `Xóa ngày ở ô ${field}`,
  readFrom: (quote: string, page: number | null) => `Đọc được${page === null ? "" : ` ở trang ${page}`}: “${quote}”`,
  readNowhere: "Không đọc được trong văn bản; xin ghi nếu có.",
  compared: "Đã đối chiếu chữ và các con số với bản gốc",
  comparedHint: "Chỉ đánh dấu khi đã xem hết các trang. Khi công bố, trợ lý sẽ không còn nhắc “bản quét chưa đối chiếu”.",
  namesake: (title: string, number: string, date: string) =>
    `Tên tệp này trùng với văn bản đang dùng “${title}”${number && `, số ${number}`}${date && `, ngày ${day(date)}`}`,
  namesakeHint: "Công bố bản thay thì trợ lý không trả lời theo văn bản kia nữa (bản cũ vẫn được giữ).",
  namesakes: {
    replaces: "Là bản mới, thay văn bản đó",
    another: "Là văn bản khác, giữ cả hai",
  },
  confirm: "Xác nhận",
  confirmed: "Đã xác nhận thông tin",
  isConfirmed: "Thông tin đã được xác nhận.",
  notConfirmed: "Thông tin chưa có người xác nhận.",

  page: (number: number | null, index: number) => `Trang ${number ?? index + 1}`,
  pages: "Các trang",
  fromScan: "nhận dạng từ bản quét",
  quality: (score: number) => `chất lượng chữ ${Math.round(score * 100)}%`,
  fine: "Không thấy điều gì bất thường ở trang này.",
  picture: (page: string) => `Ảnh ${page.toLowerCase()} của bản gốc`,
  noPicture: "Không hiện được ảnh của trang này; xin tải bản gốc để đối chiếu.",
  text: "Chữ của trang",
  textHint: "Dòng bắt đầu bằng “| ” là một dòng của bảng.",
  saveText: "Lưu chữ của trang",
  savedText: "Đã lưu chữ của trang",
  propose: "Đề xuất khôi phục dấu",
  proposal: "Chữ được đánh dấu là chữ máy đề xuất thêm dấu; màu cam là chữ máy chưa chắc. Xin đọc lại trước khi dùng.",
  nothingProposed: "Máy không thấy chữ nào cần thêm dấu.",
  changedWord: (before: string, confidence: number) => `trước: ${before}, chắc chắn ${Math.round(confidence * 100)}%`,
  accept: "Dùng đề xuất này",
  dismiss: "Bỏ đề xuất",

  publish: "Kiểm tra và công bố",
  publishAgain: "Kiểm tra và công bố lại",
  publishHint:
    "Chương trình hỏi thử tất cả câu hỏi mẫu trước; xem kết quả rồi bấm Công bố. Người dân được trả lời theo văn bản này ngay sau đó.",
  mayNotPublish: "Việc công bố do người duyệt hoặc quản trị làm.",
  reading: "Tệp đang được đọc; trang này tự cập nhật.",
} as const
