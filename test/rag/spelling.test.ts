import { describe, expect, it } from "vitest"
import { createNearWords } from "../../rag/spelling/near-words.ts"
import { marksCost } from "../../rag/spelling/marks.ts"
import { soundAlikes } from "../../rag/spelling/sounds.ts"
import { openCommune } from "./small-commune.ts"

const { live } = await openCommune()
const meant = (typed: string) => live.spell(typed).text

describe("a word that nobody knows is read as the nearest that stands with its neighbours", () => {
  it.each([
    ["a neighbouring key", "xin phép xay bhà", "xin phép xay nhà"],
    ["a doubled letter", "hỗ trợợ con giốngg", "hỗ trợ con giống"],
    ["a missing letter", "đăng ký thành lp hộ kinh doanh", "đăng ký thành lập hộ kinh doanh"],
    ["two letters the wrong way round", "chứgn thực abn sao", "chứng thực ban sao"],
    ["a slip in a message without marks", "ho tro cya giong cho ho trong trott", "ho tro cay giong cho ho trong trot"],
    ["two slips in one word", "khaii tuwr cho bà", "khai tử cho bà"],
  ])("%s: “%s”", (_, typed, read) => {
    expect(meant(typed)).toBe(read)
  })

  it("and its marks are left open where neither thumb nor custom tells them", () => {
    expect(meant("cấp giấy phép xây dng nhà")).toMatch(/^cấp giấy phép xây (?:dung|dựng) nhà$/)
  })
})

describe("spaces that went astray", () => {
  it.each([
    ["lamgiaykhaisinh", "lam giay khai sinh"],
    ["chứngthực bảnsao", "chứng thực bản sao"],
    ["xinphép xâynhà", "xin phép xây nhà"],
    ["hộ kin h doanh", "hộ kinh doanh"],
    ["kết hôncó yếu tố nướcngoài", "kết hôn có yếu tố nước ngoài"],
    ["xây dựngnh à ở", "xây dựng nhà ở"],
  ])("“%s”", (typed, read) => {
    expect(meant(typed)).toBe(read)
  })
})

describe("keys of Telex and VNI", () => {
  it.each([
    ["xin pheps xaay nhaf", "xin phep xay nha"],
    ["xin phép xaay nhà", "xin phép xây nhà"],
    ["mo73 qua1n ba1n ha2ng", "mo quan ban hang"],
    ["đăng ký keets hôn", "đăng ký kết hôn"],
  ])("“%s”", (typed, read) => {
    expect(meant(typed)).toBe(read)
  })
})

describe("words written by ear", () => {
  it.each([
    ["nàm giấy kết hôn", "làm giấy kết hôn"],
    ["cấp dấy phép xây rựng", "cấp giấy phép xây dựng"],
    ["trứng thực chữ ký", "chứng thực chữ ký"],
    ["giấy báo tữ", "giấy báo tử"],
    ["đăng ký hộ kinh zoanh", "đăng ký hộ kinh doanh"],
  ])("“%s”", (typed, read) => {
    expect(meant(typed)).toBe(read)
  })

  it("are looked for among the sounds that regions do not tell apart", () => {
    expect(soundAlikes("nang")).toEqual(expect.arrayContaining(["lang", "nan"]))
    expect(soundAlikes("xo")).toContain("so")
    expect(soundAlikes("trung")).toContain("chung")
    expect(soundAlikes("trung")).not.toContain("drung")
    expect(soundAlikes("nhon")).toContain("nhan")
  })
})

describe("what is never read as something else", () => {
  it.each([
    ["what is typed well", "Đăng ký khai sinh cho con ở đâu, mất bao lâu?"],
    ["… and without marks", "dang ky khai sinh cho con o dau, mat bao lau?"],
    ["figures and codes", "1.900004 có phí 75.000 đồng theo 12/2099/TT-THU, mẫu KS-01, CT07"],
    ["numbers in words", "phí năm trăm nghìn hay bốn mươi nghìn"],
    ["masked numbers", "gọi tôi theo [số điện thoại] hoặc [thư điện tử]"],
    ["names of people", "làm giấy kết hôn cho Lò Thị Nụ và Giàng A Hỉu"],
    ["abbreviations", "sđt của UBND là gì, cần CCCD ko"],
    ["foreign words", "nộp online qua app hay zalo"],
  ])("%s: %s", (_, typed) => {
    expect(live.spell(typed)).toEqual({ text: typed, repairs: [] })
  })

  it("a message of nothing but noise comes back, and soon enough", () => {
    const noise = "qwrtp zxcvb ".repeat(330)
    expect(meant(noise).length).toBeGreaterThan(0)
    expect(meant("")).toBe("")
    expect(meant("??? !!!")).toBe("??? !!!")
  })

  it("punctuation and case around a slip stay", () => {
    expect(meant("Đăng ký kết hôn, hồ sơ gồmm gì?")).toBe("Đăng ký kết hôn, hồ sơ gồm gì?")
  })

  it("tells what was read how", () => {
    expect(live.spell("giấy khai sinhh bị mấtt").repairs).toEqual([
      { typed: "sinhh", read: "sinh" },
      { typed: "mấtt", read: "mất" },
    ])
  })
})

describe("the distance of a slip", () => {
  const near = createNearWords(["khai", "khac", "hoc", "nha", "nhanh", "sinh", "phuong"])
  const costOf = (typed: string, word: string) => near(typed, 20).find((n) => n.word === word)?.cost ?? Infinity

  it("is shorter to a key that touches than to one across the board", () => {
    expect(costOf("nja", "nha")).toBeLessThan(costOf("nqa", "nha"))
  })

  it("counts letters swapped or typed twice as one slip", () => {
    expect(costOf("nah", "nha")).toBeLessThan(costOf("nqa", "nha"))
    expect(costOf("sinnh", "sinh")).toBeLessThan(costOf("sinqh", "sinh"))
  })

  it("finds what a comparison of every pair of letters finds, however the list is passed over", () => {
    const words = ["a", "an", "anh", "ban", "bang", "banh", "bao", "binh", "buon", "chan", "chanh", "thanh", "thah"]
    const all = createNearWords(words)
    for (const typed of ["bnh", "chna", "thanhh", "ba", "x"]) {
      const alone = words.flatMap((word) => createNearWords([word])(typed, 9.5))
      const found = all(typed, 9.5)
      expect(found.map((n) => n.word).sort()).toEqual(alone.map((n) => n.word).sort())
      for (const { word, cost } of alone) expect(found.find((n) => n.word === word)?.cost).toBeCloseTo(cost)
    }
  })

  it("of marks: hỏi for ngã is a small slip, another tone a large one, marks lost with their letter none to speak of", () => {
    expect(marksCost("mã", "mã")).toBe(0)
    expect(marksCost("mả", "mã")).toBeLessThan(marksCost("má", "mã"))
    expect(marksCost("kt", "kết")).toBeLessThan(marksCost("ket", "kết"))
  })
})
