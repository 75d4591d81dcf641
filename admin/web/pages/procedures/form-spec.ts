import { FEE_STATUSES, METHOD_CHANNELS, TIME_UNITS } from "../../../contract/procedure-record.ts"
import { PROCEDURE_LEVELS } from "../../../contract/procedures.ts"
import type { Spec } from "../../parts/record-form/spec.ts"
import { procedureTexts } from "./texts.ts"

const options = <K extends string>(names: readonly K[], words: Readonly<Record<K, string>>) =>
  names.map((value) => ({ value, label: words[value] }))

const channels = options(METHOD_CHANNELS, { in_person: "Trực tiếp", online: "Trực tuyến", post: "Qua bưu chính" })
const units = options(TIME_UNITS, { same_day: "trong ngày", working_day: "ngày làm việc", day: "ngày", hour: "giờ", month: "tháng" })
const statuses = options(FEE_STATUSES, {
  amount: "Có số tiền",
  free: "Miễn phí, không kèm điều kiện",
  set_locally: "Do Hội đồng nhân dân tỉnh, thành phố quy định",
  see_text: "Chỉ có lời văn, xem nguyên văn",
})
const kinds = ["phí", "lệ phí", "mức giá", "phí, lệ phí"].map((value) => ({ value, label: value }))

const FEE = { kind: "lệ phí", text: "", status: "see_text", amount: null, per: null, exemptions: null }
const TIME = { text: "", amount: null, unit: null, certain: true }
const METHOD = { channel: "in_person", time: null, fees: [], note: null }
const PAPER = { name: "", originals: null, copies: null, form: null, note: false }

const time: readonly Spec[] = [
  { kind: "text", name: "text", label: "Nguyên văn thời hạn", rows: 2, hint: "Đúng câu chữ đã công bố; người dân đọc dòng này." },
  { kind: "number", name: "amount", label: "Số" },
  { kind: "choice", name: "unit", label: "Đơn vị", options: units, none: "chưa rõ" },
  {
    kind: "flag",
    name: "certain",
    label: "Thời hạn chắc chắn",
    hint: "Bỏ chọn khi nguồn không ghi rõ đơn vị; trợ lý sẽ nhắc hỏi lại cán bộ.",
  },
]

const fees: readonly Spec[] = [
  { kind: "text", name: "text", label: "Nguyên văn mức thu", rows: 2, hint: "Đúng câu chữ đã công bố; người dân đọc dòng này." },
  { kind: "choice", name: "kind", label: "Loại", options: kinds },
  { kind: "choice", name: "status", label: "Mức thu", options: statuses },
  { kind: "number", name: "amount", label: "Số tiền (đồng)" },
  { kind: "text", name: "per", label: "Tính theo", nullable: true, hint: "Ví dụ: bản, lần, hồ sơ." },
  { kind: "text", name: "exemptions", label: "Được miễn, giảm", nullable: true, rows: 2 },
]

const methods: readonly Spec[] = [
  { kind: "choice", name: "channel", label: "Hình thức", options: channels },
  { kind: "group", name: "time", label: "Thời hạn giải quyết", fields: time, blank: TIME },
  { kind: "list", name: "fees", label: "Phí, lệ phí", item: "Khoản thu", add: "Thêm khoản thu", blank: FEE, fields: fees },
  { kind: "text", name: "note", label: "Ghi chú", nullable: true, rows: 2 },
]

const papers: readonly Spec[] = [
  { kind: "text", name: "name", label: "Tên giấy tờ", rows: 2 },
  { kind: "number", name: "originals", label: "Số bản chính" },
  { kind: "number", name: "copies", label: "Số bản sao" },
  { kind: "text", name: "form", label: "Mẫu đơn, tờ khai", nullable: true },
  { kind: "flag", name: "note", label: "Là lời dặn, không phải giấy tờ" },
]

const dossier: readonly Spec[] = [
  { kind: "text", name: "title", label: "Trường hợp", hint: "Để trống nếu ai cũng cần." },
  { kind: "list", name: "papers", label: "Giấy tờ", item: "Giấy tờ", add: "Thêm giấy tờ", blank: PAPER, fields: papers },
]

interface Section {
  readonly title: string
  readonly fields: readonly Spec[]
}

/** The whole typed record, in the order in which a clerk thinks of it. */
export const SECTIONS: readonly Section[] = [
  {
    title: "Thủ tục",
    fields: [
      { kind: "text", name: "code", label: "Mã thủ tục", fixed: true },
      { kind: "text", name: "name", label: "Tên thủ tục", rows: 2 },
      { kind: "lines", name: "aliases", label: "Tên người dân hay gọi", item: "Tên gọi", add: "Thêm tên gọi" },
      { kind: "text", name: "field", label: "Lĩnh vực" },
      { kind: "choices", name: "levels", label: "Cấp thực hiện", options: options(PROCEDURE_LEVELS, procedureTexts.levels) },
      { kind: "text", name: "place", label: "Nơi nộp", rows: 2 },
      { kind: "text", name: "authority", label: "Cơ quan giải quyết" },
      { kind: "text", name: "subjects", label: "Ai được làm", rows: 2 },
      { kind: "flag", name: "sameDay", label: "Trả kết quả trong ngày" },
    ],
  },
  {
    title: "Thời hạn và phí, lệ phí",
    fields: [{ kind: "list", name: "methods", label: "Cách nộp", item: "Cách nộp", add: "Thêm cách nộp", blank: METHOD, fields: methods }],
  },
  {
    title: "Hồ sơ",
    fields: [
      {
        ...{ kind: "list", name: "dossier", label: "Thành phần hồ sơ", item: "Trường hợp", add: "Thêm trường hợp", fields: dossier },
        blank: { title: "", papers: [PAPER] },
      },
      {
        ...{ kind: "list", name: "forms", label: "Mẫu đơn, tờ khai", item: "Mẫu", add: "Thêm mẫu", blank: { name: "", url: null } },
        fields: [
          { kind: "text", name: "name", label: "Tên mẫu" },
          { kind: "text", name: "url", label: "Địa chỉ tải về", nullable: true },
        ],
      },
    ],
  },
  {
    title: "Cách làm và kết quả",
    fields: [
      { kind: "lines", name: "steps", label: "Các bước", item: "Bước", add: "Thêm bước", rows: 2 },
      { kind: "lines", name: "conditions", label: "Yêu cầu, điều kiện", item: "Điều kiện", add: "Thêm điều kiện", rows: 2 },
      { kind: "lines", name: "results", label: "Kết quả", item: "Kết quả", add: "Thêm kết quả" },
    ],
  },
  {
    title: "Căn cứ, hiệu lực và nguồn",
    fields: [
      {
        ...{
          kind: "list",
          name: "legalBasis",
          label: "Căn cứ pháp lý",
          item: "Văn bản",
          add: "Thêm văn bản",
          blank: { code: "", name: "" },
        },
        fields: [
          { kind: "text", name: "code", label: "Số, ký hiệu" },
          { kind: "text", name: "name", label: "Tên văn bản" },
        ],
      },
      {
        ...{ kind: "group", name: "decision", label: "Quyết định công bố", blank: { number: "", date: null } },
        fields: [
          { kind: "text", name: "number", label: "Số quyết định" },
          { kind: "day", name: "date", label: "Ngày quyết định" },
        ],
      },
      { kind: "day", name: "effectiveFrom", label: "Có hiệu lực từ" },
      { kind: "day", name: "effectiveTo", label: "Có hiệu lực đến" },
      {
        kind: "text",
        name: "locality",
        label: "Thủ tục riêng của tỉnh, thành phố",
        nullable: true,
        hint: "Để trống với thủ tục chung cả nước.",
      },
      { kind: "flag", name: "legacy", label: "Có từ trước 01/7/2025", hint: "Chỉ để tra cứu; trợ lý không dùng để trả lời." },
      {
        ...{ kind: "group", name: "source", label: "Nguồn" },
        fields: [
          { kind: "text", name: "title", label: "Tên nguồn" },
          { kind: "text", name: "url", label: "Địa chỉ nguồn", nullable: true },
          { kind: "text", name: "date", label: "Ngày của nguồn", hint: "Ví dụ 2026-07-18 hoặc 2026-07." },
        ],
      },
    ],
  },
]

/** A record in which nothing is said yet. */
export const BLANK: Readonly<Record<string, unknown>> = {
  ...{ code: "", name: "", aliases: [], field: "", levels: ["commune"], authority: "", place: "", subjects: "" },
  ...{ methods: [METHOD], dossier: [], steps: [], conditions: [], results: [], legalBasis: [], forms: [], sameDay: false },
  ...{ locality: null, legacy: false, decision: null, effectiveFrom: null, effectiveTo: null },
  source: { title: "", url: null, date: "" },
}
