import type { CheckRow, GoldenOutcomeRow, ReleaseRow } from "../../../contract/publishing.ts"
import type { DraftRow } from "../../../contract/drafts.ts"

const kinds: Readonly<Record<DraftRow["kind"], string>> = {
  procedure: "Thủ tục",
  document: "Văn bản",
  notice: "Thông tin công khai",
}

const verdicts: Readonly<Record<GoldenOutcomeRow["verdict"], string>> = {
  lost: "Đang đúng, sẽ thành sai",
  gained: "Đang sai, sẽ thành đúng",
  unchanged: "Không đổi",
}

const origins: Readonly<Record<ReleaseRow["origin"], string>> = {
  import: "Nhập từ tệp",
  drafts: "Công bố bản soạn",
  return: "Khôi phục",
  setup: "Thiết lập",
  switch: "Tắt, bật một thủ tục",
}

const states: Readonly<Record<CheckRow["state"], string>> = {
  running: "Đang kiểm tra",
  done: "Đã kiểm tra xong",
  failed: "Lượt kiểm tra bị gián đoạn, chưa có gì được công bố. Xin bấm kiểm tra lại.",
  published: "Đã công bố thành một bản mới, xem phần Các bản đã công bố.",
}

/** A record by its stored name ("procedure:1.001193"). */
function recordName(name: string): string {
  const [kind = "", ...key] = name.split(":")
  return `${kinds[kind as DraftRow["kind"]] || kind} ${key.join(":")}`
}

export const publishingTexts = {
  files: (count: number) => `${count.toLocaleString("vi-VN")} văn bản đã xác nhận, chờ công bố`,
  title: "Công bố",
  hint: "Bản soạn chỉ đến với người dân sau khi được kiểm tra bằng câu hỏi mẫu và có người duyệt công bố. Bản nào cũng khôi phục lại được.",
  sections: "Các phần của trang Công bố",
  tabs: { waiting: "Chờ duyệt", golden: "Câu hỏi mẫu", releases: "Các bản đã công bố" },
  kinds,
  recordName,
  // Waiting for review
  editing: "Đang soạn",
  submit: "Gửi duyệt",
  submitOf: (name: string) => `Gửi duyệt ${name}`,
  submitted: "Đã gửi duyệt",
  waiting: "Chờ duyệt",
  noneWaiting: "Không có bản soạn nào chờ duyệt.",
  more: (count: number) => `Còn ${count} bản soạn nữa, sẽ hiện ra khi các bản trên đã xong.`,
  choose: (name: string) => `Chọn công bố ${name}`,
  isNew: "Mục mới",
  withdraws: "Thôi dùng",
  figures: "Có phí hoặc thời hạn thay đổi",
  outdated: "Sau khi bắt đầu soạn, mục này đã có bản mới được công bố: xin xem kỹ phần khác nhau, công bố sẽ thay bản mới đó.",
  changedBy: (name: string, at: string) => `${name} sửa lúc ${at}`,
  note: (note: string) => `Ghi chú: ${note}`,
  differences: "Nội dung thay đổi",
  noDifference: "Không khác nội dung đang dùng.",
  before: "Đang dùng",
  after: "Sẽ là",
  nothing: "(không có)",
  returnBack: "Trả lại",
  returnOf: (name: string) => `Trả lại ${name}`,
  returnTitle: "Trả lại người soạn",
  returnReason: "Cần sửa gì",
  returned: "Đã trả lại người soạn",
  check: "Kiểm tra và công bố",
  chooseFirst: "Xin chọn ít nhất một bản soạn ở trên.",
  barred: (name: string, why: string) => `${name}: ${why}`,
  mayNotPublish: "Người có vai trò duyệt sẽ kiểm tra và công bố.",
  // A check
  checkTitle: "Kết quả kiểm tra",
  states,
  startedBy: (name: string, at: string) => `${name} kiểm tra lúc ${at}`,
  checked: (names: readonly string[]) => `Bản soạn được kiểm tra: ${names.join("; ")}`,
  progress: (done: number, total: number) => (total === 0 ? "Đang chuẩn bị" : `Bước ${done} trên ${total}`),
  mayLeave: "Có thể rời trang này, lượt kiểm tra vẫn chạy tiếp.",
  counts: ({ lost, gained, unchanged }: Record<GoldenOutcomeRow["verdict"], number>) =>
    `Câu hỏi mẫu: ${lost} câu sẽ thành sai, ${gained} câu sẽ thành đúng, ${unchanged} câu không đổi.`,
  liveCounts: (right: number, wrong: number) => `Trên bản đang dùng: ${right} câu trả lời đúng, ${wrong} câu trả lời chưa đúng.`,
  noGolden: "Chưa có câu hỏi mẫu nào, nên chưa kiểm tra được câu trả lời. Nên thêm câu hỏi mẫu ở phần Câu hỏi mẫu trước khi công bố.",
  verdicts,
  expected: (record: string, words: readonly string[]) =>
    `Phải trả lời từ: ${record}${words.length > 0 ? `; phải có: ${words.join(", ")}` : ""}`,
  right: "đúng",
  wrong: "chưa đúng",
  answerNow: "Đang trả lời",
  answerThen: "Sẽ trả lời",
  source: (source: string | null) => (source ? `Nguồn: ${source}` : "Không có nguồn"),
  missing: (words: readonly string[]) => `Thiếu: ${words.join(", ")}`,
  lostHint: (count: number) =>
    `${count} câu hỏi mẫu đang trả lời đúng sẽ thành sai. Nếu nội dung mới là đúng (chẳng hạn phí đã thay đổi), xin ghi lý do để công bố, rồi sửa lại câu hỏi mẫu.`,
  reason: "Lý do vẫn công bố",
  publish: "Công bố",
  published: "Đã công bố",
  // Golden questions
  goldenHint:
    "Mỗi câu hỏi mẫu là một câu người dân hay hỏi, kèm mục phải trả lời và những chữ, con số phải có trong câu trả lời. Trước mỗi lần công bố, chương trình tự hỏi lại tất cả.",
  goldenList: "Các câu hỏi mẫu",
  goldenSearch: "Tìm trong câu hỏi và mã",
  question: "Câu hỏi",
  kind: "Loại",
  key: "Mã",
  keyHint: "Mã thủ tục (ví dụ 1.001193), mã văn bản hoặc mã thông tin công khai",
  record: "Mục phải trả lời",
  words: "Chữ, con số phải có",
  wordsHint: "Mỗi dòng một mục, ví dụ: 8.000 đồng. Có thể để trống.",
  changed: "Sửa lần cuối",
  actions: "Thao tác",
  addGolden: "Thêm câu hỏi mẫu",
  changeGolden: "Sửa câu hỏi mẫu",
  change: "Sửa",
  changeOf: (question: string) => `Sửa câu hỏi ${question}`,
  remove: "Xóa",
  removeOf: (question: string) => `Xóa câu hỏi ${question}`,
  removed: "Đã xóa câu hỏi mẫu",
  removeTitle: "Xóa câu hỏi mẫu",
  removeText: (question: string) => `Các lần công bố sau sẽ không được kiểm tra bằng câu “${question}” nữa.`,
  tryNow: "Hỏi thử trên bản đang dùng",
  // Releases
  releasesHint:
    "Mỗi lần nội dung trả lời người dân thay đổi là một bản. Khôi phục một bản cũ là công bố lại đúng nội dung của bản đó thành bản mới.",
  releaseList: "Các bản đã công bố",
  number: "Bản",
  live: "Đang dùng",
  at: "Thời điểm",
  how: "Cách công bố",
  origins,
  repeats: (number: number) => `theo bản ${number}`,
  by: (name: string) => name,
  byCommand: "từ máy chủ",
  what: "Thay đổi",
  records: (count: number) => `${count.toLocaleString("vi-VN")} mục`,
  notKept: "Bản có từ trước khi chương trình lưu nội dung từng bản, không khôi phục được.",
  added: (count: number) => `Thêm ${count.toLocaleString("vi-VN")}`,
  altered: (count: number) => `Sửa ${count.toLocaleString("vi-VN")}`,
  withdrawn: (count: number) => `Thôi dùng ${count.toLocaleString("vi-VN")}`,
  noChange: "Không đổi nội dung",
  releaseReason: (reason: string) => `Lý do: ${reason}`,
  restore: "Khôi phục",
  restoreOf: (number: number) => `Khôi phục bản ${number}`,
  restoreTitle: (number: number) => `Khôi phục bản ${number}`,
  restoreText: (number: number) =>
    `Người dân sẽ lại được trả lời đúng như bản ${number}. Những gì công bố sau bản ${number} thôi được dùng, nhưng vẫn được lưu và khôi phục lại được. Bản soạn chưa công bố không bị mất.`,
  restoreReason: "Lý do",
  restored: "Đã khôi phục",
} as const
