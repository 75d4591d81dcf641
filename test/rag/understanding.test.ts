import { describe, expect, it } from "vitest"
import { fold } from "../../rag/vietnamese/fold.ts"
import type { Field } from "../../rag/types.ts"
import { asksWhether } from "../../rag/understand/asked-fields.ts"
import { tokenize } from "../../rag/vietnamese/syllables.ts"
import { read } from "./small-commune.ts"

const asked = (question: string) => read(question).fields
const weightOf = (question: string, word: string) => read(question).terms.find((term) => term.term === word)?.weight ?? 0

describe("the office that is asked", () => {
  it("says nothing about the matter, however it is written", () => {
    for (const question of [
      "ba tôi mất hôm kia cần báo ubnd xã làm gì",
      "lam can cuoc o uy ban xa duoc khong",
      "ubnd xã mình có làm căn cước không",
    ])
      expect(weightOf(question, "ban"), question).toBeLessThan(0.5)
    expect(weightOf("giải quyết tranh chấp thuộc thẩm quyền của Chủ tịch Ủy ban nhân dân cấp xã", "ban")).toBe(1)
  })
})

describe("how old a baby is", () => {
  it("says no more than that it is one; the age of anybody else is a circumstance that counts", () => {
    expect(read("con 3 tháng tuổi nhập khẩu theo mẹ").content).toEqual(["con"])
    expect(read("bé 10 ngày tuổi làm khai sinh").content).not.toContain("tuoi")
    expect(read("trẻ 6 tuổi làm căn cước").content).toContain("tuoi")
  })
})

describe("abbreviations", () => {
  it.each([
    ["làm ks cho con", "khai sinh"],
    ["mở ks nghỉ dưỡng cho khách du lịch", "khách sạn"],
    ["giấy kh bị mất", "kết hôn"],
    ["tôi kh biết", "không"],
    ["tách hk cho con", "hộ khẩu"],
    ["tôi hk hiểu", "không"],
    ["làm cc cho con", "căn cước"],
    ["cc bản sao bằng tốt nghiệp", "công chứng"],
    ["hết bn tiền", "bao nhiêu"],
    ["bố mất, đk kt thế nào", "khai tử"],
  ])("in “%s” are read by the words around them: %s", (message, meaning) => {
    expect(read(message).text).toContain(meaning)
    expect(fold(read(fold(message)).text)).toContain(fold(meaning))
  })

  it("leave the rest of the message as it was, letter for letter", () => {
    expect(read("Lệ phí 8.000 đ/bản, ko đúng hả?").text).toMatch(/^Lệ phí 8\.000 .*, không đúng hả\?$/)
  })

  it("are never cut out of longer words", () => {
    expect(read("đăng ký khai sinh").text).toBe("đăng ký khai sinh")
    expect(read("kho, kem, hoa").text).toBe("kho, kem, hoa")
  })
})

describe("everyday phrases", () => {
  it.each([
    ["vợ em mới đẻ", "đăng ký khai sinh"],
    ["ông nội mất tuần trước", "đăng ký khai tử"],
    ["sao y bản chính", "chứng thực bản sao từ bản chính"],
    ["cần giấy độc thân", "tình trạng hôn nhân"],
  ])("“%s” is looked up as the office calls it, with and without marks", (said, official) => {
    expect(read(said).meanings.join("; ")).toContain(official)
    expect(read(fold(said)).meanings.join("; ")).toContain(official)
  })

  it("that would lead elsewhere if taken literally weigh little", () => {
    const { meanings } = read("nhập khẩu cho vợ")
    expect(meanings.join(" ")).toMatch(/thường trú/)
    expect(weightOf("nhập khẩu cho vợ", "nhap")).toBeLessThan(weightOf("nhập khẩu xe máy cũ", "nhap"))
  })

  it("need the citizen's own marks when there are any: “mở quán” is not “mờ quân”", () => {
    expect(read("sao ý bạn chính").meanings).toEqual([])
  })
})

describe("what is asked for", () => {
  const PHRASINGS: readonly (readonly [Field, readonly string[]])[] = [
    [
      "fee",
      ["bao nhiêu tiền", "lệ phí thế nào", "có mất phí không", "hết bao nhiêu vậy", "tốn bao nhiêu ạ", "chi phí ra sao", "mất tiền không"],
    ],
    ["time", ["bao lâu có", "mấy ngày thì xong", "khi nào lấy được", "thời hạn giải quyết", "bao giờ xong", "có lấy ngay không"]],
    ["dossier", ["cần gì", "cần những giấy tờ gì", "mang theo gì", "hồ sơ gồm những gì", "chuẩn bị gì", "giấy tờ nào"]],
    ["place", ["nộp ở đâu", "làm chỗ nào", "cơ quan nào giải quyết", "địa chỉ nộp", "ra đâu làm"]],
    ["steps", ["các bước", "trình tự thực hiện", "quy trình ra sao"]],
    ["online", ["nộp qua mạng được không", "làm online", "gửi bưu điện", "nộp trực tuyến"]],
    ["subjects", ["ai được làm", "đối tượng nào", "những ai được hưởng"]],
    ["conditions", ["điều kiện là gì", "có bắt buộc không", "tiêu chuẩn thế nào"]],
    ["result", ["kết quả là gì", "nhận được gì"]],
    ["legalBasis", ["căn cứ pháp lý", "theo nghị định nào", "văn bản nào quy định"]],
    ["forms", ["xin mẫu đơn", "tải tờ khai", "biểu mẫu"]],
  ]
  it.each(PHRASINGS)("%s: in many wordings, with and without marks", (field, wordings) => {
    for (const wording of wordings) {
      expect(asked(`đăng ký kết hôn ${wording}`), wording).toContain(field)
      expect(asked(fold(`đăng ký kết hôn ${wording}`)), fold(wording)).toContain(field)
      expect(asked(`Đăng ký kết hôn ${wording}?`.normalize("NFD")), wording).toContain(field)
    }
  })

  it("may be several things at once, in the order in which they were asked", () => {
    expect(asked("kết hôn mất bao lâu, ở đâu, hết bao nhiêu tiền")).toEqual(["time", "place", "fee"])
    expect(asked("ket hon can giay to gi va le phi bao nhieu")).toEqual(["dossier", "fee"])
  })

  it("is what to bring and what to do when somebody only asks how", () => {
    expect(asked("đăng ký kết hôn làm thế nào")).toEqual(["dossier", "steps"])
    expect(asked("kết hôn thì làm sao, hết bao nhiêu tiền")).toEqual(["fee"])
  })

  it("is not how long it takes, when it is how long the paper holds", () => {
    for (const holds of ["có giá trị bao lâu", "dùng được mấy tháng", "có thời hạn bao lâu", "có hiệu lực trong bao lâu"]) {
      expect(asked(`giấy xác nhận độc thân ${holds}`), holds).toEqual(["conditions", "subjects"])
      expect(asked(fold(`giấy xác nhận độc thân ${holds}`)), fold(holds)).toEqual(["conditions", "subjects"])
    }
    expect(asked("cấp giấy xác nhận độc thân giải quyết trong bao lâu")).toEqual(["time"])
    expect(read("thời hạn giải quyết khai sinh bao lâu").content).toEqual(["khai", "sinh"])
  })

  it("is nothing in particular when only the procedure is named", () => {
    expect(asked("đăng ký kết hôn")).toEqual([])
    expect(asked("")).toEqual([])
    expect(asked("!!! ???")).toEqual([])
  })

  it("is who may and on what condition together, since records hold it under either", () => {
    expect(asked("ai được hỗ trợ cây giống")).toEqual(["subjects", "conditions"])
    expect(asked("điều kiện để hỗ trợ cây giống")).toEqual(["conditions", "subjects"])
  })

  it.each([
    ["miễn giảm học phí cho học sinh", "fee"],
    ["hỗ trợ chi phí học tập", "fee"],
    ["xin hưởng mai táng phí", "fee"],
    ["nhận trẻ vào lớp mẫu giáo", "forms"],
    ["hoc phi mau giao", "forms"],
    ["hoc phi mau giao", "fee"],
  ])("“%s” names a matter and does not ask for the %s", (message, field) => {
    expect(asked(message)).not.toContain(field)
  })

  it("does not drown out the matter: asking words weigh less than the words of the matter", () => {
    const question = "lệ phí đăng ký kết hôn bao nhiêu tiền"
    for (const word of ["ket", "hon"])
      for (const asking of ["phi", "tien", "nhieu"]) expect(weightOf(question, word)).toBeGreaterThan(weightOf(question, asking) * 3)
    expect(read(question).content).toEqual(expect.arrayContaining(["ket", "hon"]))
    expect(read("thế hết bao nhiêu tiền ạ").content).toEqual([])
  })

  it.each([
    "lệ phí bao nhiêu",
    "mức thu lệ phí hết bao nhiêu tiền",
    "mang theo những giấy tờ gì ạ",
    "cần chuẩn bị những loại giấy tờ gì",
    "nộp ở đâu",
  ])("“%s” leaves no word behind to search for", (message) => {
    for (const written of [message, fold(message)])
      expect(
        read(written).content.filter((word) => word !== "nop"),
        written,
      ).toEqual([])
  })

  it.each<[Field, string]>([
    ["dossier", "khai sinh đem theo những gì"],
    ["dossier", "ket hon can chuan bi giay to j"],
    ["fee", "sao y tốn nhiêu"],
    ["fee", "tạm trú hết bn tiền"],
    ["time", "kết hôn bao lâu có"],
    ["time", "độc thân mất mấy hôm"],
    ["place", "khai tử ra đâu làm"],
    ["place", "hộ chiếu xã có làm ko"],
    ["online", "tạm trú làm online đc ko"],
    ["subjects", "kết hôn ai đi làm được"],
    ["subjects", "nhờ người nộp thay được không"],
    ["subjects", "có được ủy quyền đi nộp khai sinh không"],
    ["legalBasis", "cải chính căn cứ vào đâu"],
    ["result", "khai tử được cấp gì"],
    ["forms", "xây nhà lấy mẫu đơn ở đâu"],
  ])("%s is heard as people say it: “%s”", (field, message) => {
    expect(asked(message), message).toContain(field)
    expect(asked(fold(message)), fold(message)).toContain(field)
  })

  it("a paper that names the matter stays in the search: “giấy ủy quyền”", () => {
    expect(read("làm giấy ủy quyền ở đâu").content).toEqual(expect.arrayContaining(["uy", "quyen"]))
  })
})

describe("a yes or no", () => {
  it.each([
    "xây nhà cấp 4 có phải xin phép không, hồ sơ gì",
    "mất giấy khai sinh thì sao",
    "mười chín tuổi cưới được chưa",
    "thuê trọ có được nhập khẩu không ạ?",
    "sinh xong bao lâu phải làm khai sinh",
    "lễ hội phải báo trước bao nhiêu ngày",
  ])("is heard in “%s”, also beside another question", (message) => {
    for (const written of [message, fold(message)]) {
      expect(asked(written), written).toContain("conditions")
      expect(asksWhether(tokenize(written)), written).toBe(true)
    }
  })

  it.each(["đăng ký kết hôn cần gì", "có mất phí không", "nộp qua mạng được không", "khai sinh ở đâu, bao lâu"])(
    "is not heard in “%s”",
    (message) => {
      expect(asksWhether(tokenize(message))).toBe(false)
    },
  )
})

describe("a rare circumstance", () => {
  it.each([
    ["đăng ký kết hôn với người nước ngoài", "foreign"],
    ["lấy chồng hàn quốc cần gì", "foreign"],
    ["mất giấy khai sinh muốn đăng ký lại", "re_registration"],
    ["mẹ tôi nằm liệt giường, làm tại nhà được không", "mobile_service"],
  ])("is noticed in “%s”", (message, variant) => {
    expect(read(message).variants.has(variant)).toBe(true)
    expect(read(fold(message)).variants.has(variant)).toBe(true)
  })

  it.each([["đăng ký kết hôn cần gì"], ["làm giấy khai sinh cho con"], ["dang ky khai tu"]])("is not heard in “%s”", (message) => {
    for (const variant of ["foreign", "re_registration", "mobile_service", "border_area"])
      expect(read(message).variants.has(variant)).toBe(false)
  })
})

it("a message in parted letters is read like the same message in joined ones", () => {
  const message = "Hoà giải viên ở xã cần điều kiện gì, hết bn tiền ạ?"
  expect(read(message.normalize("NFD"))).toEqual(read(message.normalize("NFC")))
})
