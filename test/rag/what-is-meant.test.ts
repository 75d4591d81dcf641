import { describe, expect, it } from "vitest"
import { withFigures } from "../../rag/understand/figures-in-words.ts"
import { titlesOf } from "../../rag/procedures/titles.ts"
import { fold } from "../../rag/vietnamese/fold.ts"
import { BIRTH, BIRTH_FOREIGN, openCommune, procedure, PROCEDURES, read } from "./small-commune.ts"

const called = (question: string) => [...read(question).variants]
const meanings = (question: string) => read(question).meanings.join("; ")

describe("a rare circumstance is called for", () => {
  it("by the official words themselves, with and without marks", async () => {
    for (const asked of ["khai sinh cho người đã có hồ sơ, giấy tờ cá nhân", "khai sinh có yếu tố nước ngoài"])
      for (const written of [asked, fold(asked)]) expect(called(written).length, written).toBeGreaterThan(0)
    const { ask } = await openCommune()
    expect((await ask("đăng ký khai sinh có yếu tố nước ngoài cần gì")).procedure?.code).toBe(BIRTH_FOREIGN)
    expect((await ask("đăng ký khai sinh cần gì")).procedure?.code).toBe(BIRTH)
  })

  it("by any age that makes it one, in figures or in words", () => {
    for (const adult of [
      "tôi 37 tuổi chưa có giấy khai sinh",
      "toi 37 tuoi chua co giay khai sinh",
      withFigures("ba mươi bảy tuổi chưa khai sinh"),
    ])
      expect(called(adult), adult).toContain("own_records")
    expect(called("đứa 9 tuổi làm căn cước")).toContain("under_14")
    expect(called("đứa 9 tuổi làm căn cước")).not.toContain("own_records")
    expect(called("14 tuổi làm căn cước")).not.toContain("under_14")
  })

  it("by a second matter only beside the first: a health card with a birth, not a health card", () => {
    expect(called("làm khai sinh và thẻ bảo hiểm cho bé")).toContain("combined")
    for (const alone of ["thẻ bảo hiểm bị sai tên", "nhập khẩu cho con", "chuyen ho khau"])
      expect(called(alone), alone).not.toContain("combined")
  })
})

describe("everyday phrases", () => {
  it("count where they overlap", () => {
    expect(meanings("nuôi heo bị dịch chết hết")).toContain("dịch")
    expect(meanings("nuoi heo bi dich chet het")).toContain("chăn nuôi")
  })

  it("yield to what is said beside them", () => {
    expect(meanings("mất giấy kết hôn xin lại bản sao ở đâu")).toContain("cấp bản sao trích lục hộ tịch")
    expect(meanings("mất giấy kết hôn xin lại bản sao ở đâu")).not.toContain("đăng ký lại")
    expect(meanings("mat giay ket hon")).toContain("đăng ký lại kết hôn")
    expect(meanings("bố mẹ mất hết rồi mấy anh em chia đất thế nào")).toBe("chứng thực văn bản phân chia di sản")
    expect(meanings("mẹ đơn thân làm khai sinh cho con")).toBe("đăng ký khai sinh")
    expect(meanings("mẹ đơn thân có được trợ cấp không")).toContain("trợ cấp xã hội")
    expect(meanings("nước sinh hoạt nhà tôi bị bẩn")).toBe("")
    expect(meanings("hộ nghèo xin hỗ trợ nước sinh hoạt")).toContain("rà soát đối tượng hỗ trợ")
  })

  it("of trading mean the registration too where one asks what else is needed, and the trade alone where it is named alone", () => {
    expect(meanings("tôi muốn kinh doanh thực phẩm, có cần giấy phép riêng không")).toContain("đăng ký thành lập hộ kinh doanh")
    expect(meanings("muon buon ban quan ao phai dang ky o dau")).toContain("đăng ký thành lập hộ kinh doanh")
    expect(meanings("tôi muốn kinh doanh thuốc thú y")).not.toContain("hộ kinh doanh")
  })

  it("of a divorce mean a suit at court, unless one abroad is to be noted or another matter follows it", () => {
    for (const asked of ["ly hôn", "vợ chồng tôi muốn ly hôn thì đến xã làm được không", "li di o dau"])
      expect(meanings(asked), asked).toContain("đơn khởi kiện")
    for (const other of ["ghi chú ly hôn", "ly hôn ở Hàn Quốc về ghi sổ", "tôi ly hôn rồi giờ muốn kết hôn", "ly hôn tách hộ"])
      expect(meanings(other), other).not.toContain("khởi kiện")
  })

  it("with “mấy” hold for every number", () => {
    for (const asked of ["nghỉ bán mấy tháng", "nghỉ bán 3 tháng", "nghi ban 3 thang"])
      expect(meanings(asked), asked).toContain("tạm ngừng kinh doanh")
  })

  it("of what was done before say nothing about what is wanted now", () => {
    expect(meanings("nhập hộ khẩu cho con sau khi đã làm khai sinh")).not.toContain("khai sinh")
    expect(meanings("sau khi làm khai sinh, nhập hộ khẩu cho con thế nào")).not.toContain("khai sinh")
    expect(meanings("sau khi làm khai sinh")).toContain("khai sinh")
  })
})

describe("what a matter is compared with", () => {
  it("is not the matter", () => {
    const weight = (question: string) => read(question).terms.find(({ term }) => term === "hop_tac")?.weight ?? 0
    expect(weight("hộ kinh doanh khác gì hợp tác xã")).toBeLessThan(weight("hợp tác xã khác gì hộ kinh doanh"))
    expect(weight("khác gì hợp tác xã")).toBe(weight("hợp tác xã"))
  })
})

describe("what is lacking", () => {
  it("is no question: “không đủ điều kiện” tells, “đủ điều kiện gì” asks", () => {
    expect(read("tôi không đủ điều kiện hưởng lương hưu").fields).toEqual([])
    expect(read("hưởng lương hưu phải đủ điều kiện gì").fields).toContain("conditions")
    expect(read("giấy chứng nhận đủ điều kiện an toàn thực phẩm nộp ở đâu").fields).toEqual(["place"])
  })

  it("is not what is wanted: without a pension, the pension is not meant", () => {
    const weight = (question: string) => read(question).terms.find(({ term }) => term === "luong_huu")?.weight ?? 0
    expect(weight("mẹ tôi không có lương hưu")).toBeLessThan(weight("mẹ tôi lĩnh lương hưu"))
  })
})

it("abbreviations in names are read as the words that questions are read as", async () => {
  const card = procedure("1.900097", "Cấp lại thẻ BHYT", { aliases: ["mất thẻ bhyt"] })
  expect(titlesOf(card).map(({ text }) => text)).toEqual(["Cấp lại thẻ bảo hiểm y tế", "mất thẻ bảo hiểm y tế"])
  const { ask } = await openCommune({ procedures: [...PROCEDURES, card] })
  for (const asked of ["cấp lại thẻ bảo hiểm y tế cần gì", "cấp lại thẻ BHYT cần gì", "cap lai the bhyt can gi"])
    expect((await ask(asked)).procedure?.code, asked).toBe("1.900097")
})

describe("what else the message says decides what a phrase means", () => {
  it.each([
    ["bố chồng em mới mất hôm kia", "khai tử"],
    ["bà ngoại con đã mất năm 1995", "khai tử"],
    ["quán phở nhà em nghỉ bán tạm 2 tháng", "tạm ngừng kinh doanh"],
    ["dừng kinh doanh một thời gian rồi mở lại", "tạm ngừng kinh doanh"],
    ["nghỉ bán hàng luôn", "chấm dứt hoạt động"],
  ])("“%s”: %s, with and without marks", (said, official) => {
    for (const written of [said, fold(said)]) expect(meanings(written), written).toContain(official)
  })

  it("a thing that was lost is no death, and a death that only goes before an inheritance is not asked about", () => {
    for (const said of ["mẹ em mất sổ hộ khẩu", "bố em mất giấy tờ xe", "cậu ruột em mất năm ngoái, chia thừa kế thế nào"])
      expect(meanings(said), said).not.toContain("đăng ký khai tử")
  })

  it("a pause is not called an end: “nghỉ bán 3 tháng”", () => {
    expect(meanings("nghỉ bán hàng 3 tháng")).not.toContain("chấm dứt")
    expect(called("nghỉ bán hàng vài tháng")).toContain("suspension")
  })

  it("who works abroad is no foreigner; a foreigner who works abroad stays one", () => {
    expect(called("chồng em đi làm bên Nhật, em làm khai sinh cho con")).not.toContain("foreign")
    expect(called("em sinh con bên Nhật")).toContain("foreign")
    expect(called("chồng em là người Nhật đang làm việc bên Mỹ")).toContain("foreign")
  })

  it("what a matter is done for is said aside, what is wanted itself is not", () => {
    expect(meanings("quán nghỉ bán 3 tháng để sửa nhà")).not.toContain("xây dựng")
    expect(meanings("cần giấy tờ gì để sửa nhà")).toContain("xây dựng")
  })

  it("that one goes to the office, and when it was, is no part of the matter", () => {
    expect(read("tuần trước ra xã làm thẻ cư trú").content).not.toContain("xa")
    expect(read("tuần trước ra xã làm thẻ cư trú").content).toContain("cu")
    expect(read("chuyển sang xã khác").content).toContain("xa")
  })

  it("a wrong name on a card is not one in the civil register", () => {
    expect(meanings("thẻ bảo hiểm y tế sai ngày sinh")).not.toContain("hộ tịch")
    expect(meanings("giấy khai sinh sai ngày sinh")).toContain("hộ tịch")
  })
})

it("“muon” without marks is what its neighbours make it: borrowed, late or wanted", () => {
  for (const said of ["cho muon nha van hoa thon", "khai sinh muon"]) expect(read(said).content, said).toContain("muon")
  for (const said of ["em muon lam giay khai sinh", "toi muon xin tam tru"]) expect(read(said).content, said).not.toContain("muon")
})
