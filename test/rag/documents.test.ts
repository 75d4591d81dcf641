import { describe, expect, it } from "vitest"
import { createGazetteer } from "../../rag/documents/places.ts"
import { createScanRepair, isSyllable } from "../../rag/documents/scan-repair.ts"
import { tokenize } from "../../rag/vietnamese/syllables.ts"
import { noticeSchema } from "../../knowledge/notice.ts"
import { document, NOTICES, openCommune, placeNames } from "./small-commune.ts"

/** Nobody has named the commune: documents of every place may answer. */
const open = (...documents: readonly ReturnType<typeof document>[]) => openCommune({ procedures: [], notices: [], documents, home: null })

const PLAN = document(
  "ke-hoach-than-thien-an-thu",
  {
    "KẾ HOẠCH": ["Ủy ban nhân dân xã An Thử xây dựng Kế hoạch gần dân trên địa bàn xã An Thử năm 2026 cụ thể như sau:"],
    "1. Gặp gỡ người dân": [
      "Lãnh đạo xã tổ chức hội nghị đối thoại trực tiếp với Nhân dân (ít nhất 03 lần/năm) tại nhà văn hóa.",
      "Công khai số điện thoại của Chủ tịch và các Phó Chủ tịch Ủy ban nhân dân xã.",
    ],
    "2. Tiếp nhận hồ sơ": [
      "Tiếp nhận và trả kết quả hồ sơ qua dịch vụ bưu chính công ích khi người dân có yêu cầu.",
      "Tiếp nhận hồ sơ tại nhà cho người ốm đau, người già yếu cô đơn không có khả năng đi lại.",
    ],
    "3. Khẩu hiệu": [
      "Niêm yết khẩu hiệu “3 gần” và “2 tránh”:",
      "“3 gần”: Gần việc, gần thôn, gần người.",
      "“2 tránh”: Tránh hứa suông, tránh hẹn nhiều lần.",
      "Khẩu hiệu treo ở cổng trụ sở.",
    ],
  },
  { title: "Kế hoạch gần dân năm 2026 của xã An Thử", place: "xã An Thử", signer: "Trần Thị Mẫu (Chủ tịch)", issuer: "UBND xã An Thử" },
)

describe("A question about a document", () => {
  it("is looked up by what is asked, not by the name of the place", async () => {
    const { ask } = await open(PLAN)
    const answer = await ask("xã An Thử mỗi năm đối thoại với dân mấy lần")
    expect(answer.text).toContain("ít nhất 03 lần/năm")
    expect(answer.text).not.toContain("cụ thể như sau")
  })

  it("may use everyday words for the official ones", async () => {
    const { ask } = await open(PLAN)
    expect((await ask("xã An Thử có nhận giấy tờ gửi bưu điện không")).text).toContain("dịch vụ bưu chính công ích")
  })

  it("may be a long story of somebody who never says the official words", async () => {
    const { ask } = await open(PLAN)
    const story =
      "Tôi ngoài tám mươi rồi, sống một mình, con cái đi xa cả, dạo này lại đau chân. Mấy bữa trước tôi định ra xã mà đi không nổi. Có ai xuống nhà làm giúp tôi không cháu?"
    const answer = await ask(story)
    expect(answer.status).toBe("answered")
    expect(answer.text).toContain("tại nhà cho người ốm đau")
  })

  it("may name a slogan by its number, with words that elsewhere say nothing", async () => {
    const { ask } = await open(PLAN)
    expect((await ask("2 tránh là gì vậy ạ")).text).toContain("Tránh hứa suông")
  })

  it("is told who signed when it asks who the chairman is", async () => {
    const { ask } = await open(PLAN)
    expect((await ask("chu tich xa an thu la ai")).text).toContain("Trần Thị Mẫu")
  })

  it("is not answered with a promise of telephone numbers when it asks for one", async () => {
    const { ask } = await open(PLAN)
    expect((await ask("cho xin số điện thoại chủ tịch xã An Thử")).status).not.toBe("answered")
    const whose = await ask("xã An Thử công khai số điện thoại của ai")
    expect(whose.text).toContain("Chủ tịch và các Phó Chủ tịch")
  })
})

describe("A question about working hours", () => {
  it("is answered with the hours, not with a telephone that is manned in them", async () => {
    const head = noticeSchema.parse({
      kind: "contact",
      id: "truong-trung-tam",
      title: "Trưởng Trung tâm",
      text: "Trưởng Trung tâm Phục vụ hành chính công, điện thoại 0225 111 3333 (giờ làm việc).",
      source: "Thông báo của xã",
      role: "Trưởng Trung tâm",
      phone: "0225 111 3333",
      hotline: false,
    })
    const { ask } = await openCommune({ notices: [head, ...NOTICES] })
    for (const asked of ["giờ làm việc của trung tâm", "gio lam viec cua trung tam"]) {
      const { text, documents } = await ask(asked)
      expect(documents, asked).toContain("notice:gio-lam-viec")
      expect(text, asked).toContain("07 giờ 30 đến 16 giờ 30")
      expect(text.split("\n")[1], asked).not.toContain("0225 111 3333")
    }
  })
})

describe("A list in a document", () => {
  const long = (what: string) => `- ${what} theo đúng quy chế làm việc, lề lối và nội quy cơ quan đã được niêm yết công khai tại trụ sở;`
  const LIST = [
    "Thôn bị trừ điểm thi đua trong các trường hợp sau:",
    ...[
      "Để rác tồn đọng",
      "Họp muộn giờ",
      "Không nộp báo cáo quý",
      "Bỏ trực ban đêm",
      "Lấn chiếm vỉa hè",
      "Đốt rơm rạ",
      "Thả rông trâu bò",
    ].map(long),
  ]
  const RULES = document("quy-che-thi-dua-an-thu", { "1. Trừ điểm": LIST, "2. Cộng điểm": ["Thôn có sáng kiến được cộng 4 điểm."] })

  it("is quoted whole with the line that announces it, also where two passages meet", async () => {
    const blocks = LIST.map((text, i) => ({ kind: i === 0 ? ("paragraph" as const) : ("item" as const), text }))
    const rules = { ...RULES, sections: RULES.sections.map((section, i) => (i === 0 ? { ...section, blocks } : section)) }
    const { ask } = await open(rules)
    const answer = await ask("thôn bị trừ điểm thi đua trong những trường hợp nào")
    for (const line of LIST) expect(answer.text).toContain(line)
    expect(answer.text).not.toContain("sáng kiến")
  })

  it("keeps lines together that each explain a word", async () => {
    const { ask } = await open(PLAN)
    const answer = await ask("khẩu hiệu “3 gần”, “2 tránh” gồm những gì")
    expect(answer.text).toContain("Gần việc, gần thôn, gần người")
    expect(answer.text).toContain("Tránh hứa suông, tránh hẹn nhiều lần")
  })
})

describe("Documents of several places", () => {
  const dam = (id: string, place: string, text: string) =>
    document(id, { "1. Thăm hỏi": [text] }, { title: `Kế hoạch thăm hỏi của ${place}`, place })

  it("answer side by side when none is named, each with whose it is", async () => {
    const { ask } = await open(
      PLAN,
      dam("tham-hoi-an-thu", "xã An Thử", "Gửi thư chúc thọ các cụ tròn 90 tuổi vào ngày sinh."),
      dam("tham-hoi-binh-thu", "xã Bình Thử", "Gửi thư chúc thọ các cụ tròn 85 tuổi vào dịp Tết."),
    )
    const answer = await ask("bao nhiêu tuổi thì được gửi thư chúc thọ")
    expect(answer.text).toContain("90 tuổi")
    expect(answer.text).toContain("85 tuổi")
    expect(answer.text).toMatch(/An Thử[\s\S]*Bình Thử|Bình Thử[\s\S]*An Thử/)
    expect((await ask("ở xã Bình Thử bao nhiêu tuổi thì được gửi thư chúc thọ")).text).not.toContain("90 tuổi")
  })
})

describe("A place named in a question", () => {
  it("begins after the word for its kind, though that word begins another name", () => {
    const [found] = createGazetteer(placeNames, ["nam thu"]).find(tokenize("người ở ủy ban phường Nam Thử"))
    expect(found?.name).toBe("nam thu")
  })
})

describe("A scan that was read without knowing Vietnamese", () => {
  const SCAN = document(
    "quy-che-thanh-pho-thu",
    {
      "1. Gidi thiéu": ["Uy ban nhan dan thanh phd Hai Phong ban hanh quy ché nay; cac x4 cia thanh phd Hai Phong thyc hién."],
      "2. Khen thudng": ["Ngudi dan c6 sang kién dugc tang gidy khen tai budi chao cd dau thang; sd ti\u00e9p nhan la 0225 l11 33O0."],
    },
    { title: "Quy ché khen thudng", verified: false },
  )

  it("is found under the words that it should have, and quoted as it was read", async () => {
    const { ask } = await open(SCAN, PLAN)
    const answer = await ask("người dân có sáng kiến được tặng gì")
    expect(answer.documents[0]).toBe("quy-che-thanh-pho-thu")
    expect(answer.text).toContain("Ngudi dan c6 sang kién dugc tang gidy khen")
  })

  it("speaks for the whole city when it names the city again and again", async () => {
    const { live } = await open(SCAN, PLAN)
    expect(live.passages.passages.find((p) => p.documentId === SCAN.id)).toMatchObject({ place: "hai phong", wide: true })
  })

  it("is mended word by word where the word is none, by what the other words tell", () => {
    const repair = createScanRepair(["nguoi dan cua xa co duoc thuc hien", "nguoi cong chuc"])
    expect(repair("Ngudi dan cia x4 c6 dugc thyc hién, cong chirc")).toBe("nguoi dan cua xa co duoc thuc hién, cong chuc")
    expect(repair("số 0225 l11 33O0 tại UBND, TTHC")).toBe("số 0225 111 3300 tại UBND, TTHC")
  })

  it.each(["nghiêng", "giữa", "gì", "quyền", "khuỷu", "xoèn", "yêu", "ương", "kiêng", "ghế"])(
    "leaves the syllable “%s” as it is",
    (word) => {
      expect(createScanRepair([])(word)).toBe(word)
      expect(isSyllable(word.normalize("NFD").replace(/[\u0300-\u036f]/g, ""))).toBe(true)
    },
  )

  it.each(["ngudi", "chirc", "cép", "x4"])("takes “%s” for misread", (word) => {
    expect(isSyllable(word.normalize("NFD").replace(/[\u0300-\u036f]/g, ""))).toBe(false)
  })
})
