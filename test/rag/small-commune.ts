import { answerTexts } from "../../bot/texts/answers.ts"
import { makeBase, type KnowledgeBase } from "../../knowledge/base.ts"
import { documentSchema, type KnowledgeDocument } from "../../knowledge/document.ts"
import { documentItem, noticeItem, procedureItem, type KnowledgeItem } from "../../knowledge/item.ts"
import { noticeSchema, type Notice } from "../../knowledge/notice.ts"
import { procedureSchema, type Procedure } from "../../knowledge/procedure.ts"
import { createAnswerQuestion } from "../../rag/answer.ts"
import { loadPlaceNames } from "../../rag/documents/places.ts"
import type { Embedder } from "../../rag/embedder.ts"
import { indexKnowledge, type LiveKnowledge } from "../../rag/live.ts"
import { createLocalEmbedder } from "../../rag/local-embedder.ts"
import type { AnswerTexts } from "../../rag/texts.ts"
import type { Answer, AnswerQuestion, Question } from "../../rag/types.ts"
import { loadLexicon } from "../../rag/understand/lexicon.ts"
import { createReader } from "../../rag/understand/reading.ts"

/** An invented commune: nothing here stands in a real record. Hotline, hours and places are made up. */
export const HOME = { commune: "xã An Thử", province: "Hải Phòng" }
export const HOTLINE = "0225 111 2222"

export const lexicon = loadLexicon()
export const read = createReader(lexicon)
export const placeNames = loadPlaceNames()
export const embedder = createLocalEmbedder()

const DECISION = { title: "Quyết định công bố thử", url: "https://example.invalid/qd", date: "2026-01-15" }
const CENTRE = "Trung tâm Phục vụ hành chính công xã An Thử"

/** A procedure with what a test cares about spelt out. */
export const procedure = (code: string, name: string, more: object = {}): Procedure =>
  procedureSchema.parse({ code, name, authority: "Ủy ban nhân dân xã An Thử", place: CENTRE, source: DECISION, ...more })

const inPerson = (time: string, fees: object[], note: string | null = null) => ({ channel: "in_person", time: { text: time }, fees, note })
const amount = (text: string, value: number) => ({ kind: "lệ phí", text, status: "amount", amount: value })
const free = { kind: "lệ phí", text: "Miễn lệ phí", status: "free" }
const papers = (...names: string[]) => [{ papers: names.map((name) => ({ name, originals: 1 })) }]

export const BIRTH = "1.900001"
export const BIRTH_FOREIGN = "1.900002"
export const BIRTH_AGAIN = "1.900003"
export const MARRIAGE = "1.900004"
export const MARRIAGE_FOREIGN = "1.900005"
export const DEATH = "1.900006"
export const COPY = "1.900007"
export const BUSINESS = "1.900008"
export const BUILDING = "1.900009"
export const ANIMALS = "1.900010"
export const PLANTS = "1.900011"
export const OLD_BOOK = "1.900012"

export const PROCEDURES: readonly Procedure[] = [
  procedure(BIRTH, "Đăng ký khai sinh", {
    aliases: ["làm giấy khai sinh cho con"],
    methods: [
      inPerson("Trong ngày làm việc", [free]),
      { channel: "online", time: { text: "Trong ngày làm việc" }, fees: [free], note: "Nộp tại địa chỉ dichvucong.example" },
    ],
    dossier: papers("Giấy chứng sinh", "Tờ khai đăng ký khai sinh"),
    steps: ["Nộp tờ khai và giấy chứng sinh tại quầy số 3.", "Nhận giấy khai sinh và 2 bản sao."],
    results: ["Giấy khai sinh"],
    forms: [{ name: "Tờ khai đăng ký khai sinh mẫu KS-01" }],
  }),
  procedure(BIRTH_FOREIGN, "Đăng ký khai sinh có yếu tố nước ngoài", {
    methods: [inPerson("5 ngày làm việc", [amount("75.000 đồng/lần", 75_000)])],
    dossier: papers("Giấy chứng sinh", "Hộ chiếu của cha hoặc mẹ"),
  }),
  procedure(BIRTH_AGAIN, "Đăng ký lại khai sinh", {
    methods: [inPerson("7 ngày làm việc", [amount("8.000 đồng/lần", 8000)])],
    dossier: papers("Tờ khai đăng ký lại khai sinh", "Bản sao giấy khai sinh cũ"),
  }),
  procedure(MARRIAGE, "Đăng ký kết hôn", {
    methods: [inPerson("Trong ngày làm việc", [free])],
    dossier: papers("Tờ khai đăng ký kết hôn", "Giấy xác nhận tình trạng hôn nhân"),
    subjects: "Công dân Việt Nam cư trú trong nước",
    conditions: ["Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi."],
  }),
  procedure(MARRIAGE_FOREIGN, "Đăng ký kết hôn có yếu tố nước ngoài", {
    methods: [inPerson("13 ngày làm việc", [amount("1.500.000 đồng/trường hợp", 1_500_000)])],
    dossier: papers("Tờ khai đăng ký kết hôn", "Giấy xác nhận tình trạng hôn nhân do nước ngoài cấp"),
  }),
  procedure(DEATH, "Đăng ký khai tử", {
    aliases: ["làm giấy chứng tử"],
    methods: [inPerson("Trong ngày làm việc", [free])],
    dossier: papers("Giấy báo tử", "Tờ khai đăng ký khai tử"),
  }),
  procedure(COPY, "Chứng thực bản sao từ bản chính giấy tờ, văn bản", {
    aliases: ["sao y bản chính"],
    methods: [
      inPerson("Trong ngày làm việc", [amount("2.000 đồng/trang; từ trang thứ ba 1.000 đồng/trang, tối đa 200.000 đồng/bản", 2000)]),
    ],
    dossier: papers("Bản chính giấy tờ", "Bản sao cần chứng thực"),
  }),
  procedure(BUSINESS, "Đăng ký thành lập hộ kinh doanh", {
    aliases: ["mở quán bán hàng"],
    methods: [
      inPerson("3 ngày làm việc", [{ kind: "lệ phí", text: "Mức thu do Hội đồng nhân dân thành phố quy định", status: "set_locally" }]),
    ],
    dossier: papers("Giấy đề nghị đăng ký hộ kinh doanh"),
  }),
  procedure(BUILDING, "Cấp giấy phép xây dựng nhà ở riêng lẻ", {
    aliases: ["xin phép xây nhà"],
    methods: [inPerson("20 ngày làm việc kể từ ngày nhận đủ hồ sơ", [amount("65.000 đồng/giấy phép", 65_000)])],
    dossier: papers("Đơn đề nghị cấp giấy phép xây dựng", "Bản vẽ thiết kế xây dựng"),
    steps: ["Nộp hồ sơ tại quầy số 5.", "Cán bộ kiểm tra thực địa.", "Nhận giấy phép."],
    legalBasis: [{ code: "12/2099/TT-THU", name: "Thông tư thử về xây dựng" }],
  }),
  procedure(ANIMALS, "Hỗ trợ con giống cho hộ chăn nuôi", {
    methods: [inPerson("10 ngày làm việc", [free])],
    dossier: papers("Đơn đề nghị hỗ trợ con giống"),
  }),
  procedure(PLANTS, "Hỗ trợ cây giống cho hộ trồng trọt", {
    methods: [inPerson("11 ngày làm việc", [free])],
    dossier: papers("Đơn đề nghị hỗ trợ cây giống"),
  }),
  procedure(OLD_BOOK, "Cấp lại sổ tạm trú giấy", {
    legacy: true,
    methods: [inPerson("2 ngày làm việc", [amount("19.000 đồng/sổ", 19_000)])],
    dossier: papers("Đơn xin cấp lại sổ"),
  }),
]

/** A document with one section a heading. */
export const document = (id: string, sections: Readonly<Record<string, readonly string[]>>, more: object = {}): KnowledgeDocument =>
  documentSchema.parse({
    id,
    title: `Văn bản ${id}`,
    shortTitle: id,
    date: "2026-02-03",
    sections: Object.entries(sections).map(([heading, texts]) => ({
      path: [heading],
      page: 2,
      blocks: texts.map((text) => ({ kind: "paragraph", text })),
    })),
    ...more,
  })

export const CLEANING = document(
  "ke-hoach-don-ve-sinh-an-thu",
  {
    "I. Lịch dọn vệ sinh": ["Người dân dọn vệ sinh đường làng vào sáng thứ Bảy hằng tuần, từ 06 giờ 30 đến 08 giờ 00."],
    "II. Thu gom rác": ["Xe thu gom rác thải cồng kềnh đi các thôn vào ngày 12 hằng tháng; mỗi hộ đóng 25.000 đồng một lần."],
  },
  { title: "Kế hoạch dọn vệ sinh môi trường năm 2026", place: "xã An Thử" },
)
export const NEIGHBOUR = document(
  "ke-hoach-don-ve-sinh-binh-thu",
  {
    "I. Lịch dọn vệ sinh": ["Người dân xã Bình Thử dọn vệ sinh đường làng vào chiều Chủ nhật, từ 15 giờ 00."],
    "II. Hội đua thuyền": ["Hội đua thuyền rồng tổ chức ngày 19 tháng 8, giải nhất 40.000.000 đồng."],
  },
  { title: "Kế hoạch hoạt động năm 2026 của xã Bình Thử", place: "xã Bình Thử" },
)

export const NOTICES: readonly Notice[] = [
  {
    kind: "contact",
    id: "duong-day-nong",
    title: "Đường dây nóng",
    text: `Đường dây nóng của xã An Thử: ${HOTLINE}.`,
    source: "Thông báo của xã",
    role: "Đường dây nóng",
    phone: HOTLINE,
    hotline: true,
  },
  {
    kind: "opening_hours",
    id: "gio-lam-viec",
    title: "Giờ làm việc của Trung tâm",
    text: "Trung tâm tiếp nhận hồ sơ từ thứ Hai đến thứ Sáu, 07 giờ 30 đến 16 giờ 30.",
    source: "Thông báo của xã",
    place: CENTRE,
    address: "Thôn Thử, xã An Thử",
    hours: [{ weekdays: [1, 2, 3, 4, 5], from: "07:30", to: "16:30" }],
  },
  {
    kind: "reception",
    id: "tiep-cong-dan",
    title: "Lịch tiếp công dân",
    text: "Chủ tịch xã tiếp công dân vào thứ Năm hằng tuần tại phòng tiếp công dân.",
    source: "Thông báo của xã",
    who: "Chủ tịch Ủy ban nhân dân xã",
    when: "Thứ Năm hằng tuần",
    place: "Phòng tiếp công dân",
  },
].map((notice) => noticeSchema.parse(notice))

export interface Knowledge {
  readonly procedures?: readonly Procedure[]
  readonly documents?: readonly KnowledgeDocument[]
  readonly notices?: readonly Notice[]
  /** null: nobody has named the commune yet. */
  readonly home?: KnowledgeBase["home"]
  readonly demo?: boolean
  /** Codes that staff switched off. */
  readonly suspended?: readonly string[]
}

export const items = ({ procedures = PROCEDURES, documents = [CLEANING], notices = NOTICES }: Knowledge = {}): KnowledgeItem[] => [
  ...procedures.map(procedureItem),
  ...documents.map(documentItem),
  ...notices.map(noticeItem),
]

export const smallBase = (knowledge: Knowledge = {}): KnowledgeBase =>
  makeBase(items(knowledge), {
    ...{ version: 7, demo: knowledge.demo ?? false, suspended: new Set(knowledge.suspended) },
    home: knowledge.home === undefined ? HOME : knowledge.home,
  })

export const index = async (base: KnowledgeBase): Promise<LiveKnowledge> =>
  (await indexKnowledge(base, { embedder, lexicon, placeNames })).live

export interface Outside {
  readonly embedder?: Embedder
  readonly texts?: AnswerTexts
}

export interface SmallCommune {
  readonly base: KnowledgeBase
  readonly live: LiveKnowledge
  readonly answer: AnswerQuestion
  /** Asks as a citizen does who says nothing else. */
  readonly ask: (text: string, more?: Omit<Question, "text">) => Promise<Answer>
  /** Errors that were reported, in order. */
  readonly reported: unknown[]
}

/** The real pipeline over an invented commune; only the outside world is replaced. */
export async function openCommune(knowledge: Knowledge = {}, outside: Outside = {}): Promise<SmallCommune> {
  const base = smallBase(knowledge)
  const live = await index(base)
  const reported: unknown[] = []
  let ids = 0
  const answer = createAnswerQuestion({
    now: () => new Date("2026-11-21T03:00:00Z"),
    live: () => live,
    read,
    embedder: outside.embedder ?? embedder,
    texts: outside.texts ?? answerTexts,
    newId: () => `answer-${(ids += 1)}`,
    report: (error) => reported.push(error),
  })
  return { base, live, answer, reported, ask: (text, more = {}) => answer({ text, ...more }) }
}
