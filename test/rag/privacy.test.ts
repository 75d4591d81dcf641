import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { maskPersonalData } from "../../rag/privacy.ts"

const masked = (text: string) => maskPersonalData(text).text

describe("personal numbers in a message are covered", () => {
  it.each([
    ["identity card", "031095001234", "[số định danh]"],
    ["identity card, spaced", "031 095 001 234", "[số định danh]"],
    ["identity card, dotted", "031.095.001.234", "[số định danh]"],
    ["old identity card", "031234567", "[số giấy tờ]"],
    ["mobile phone", "0912345678", "[số điện thoại]"],
    ["mobile phone, spaced", "0912 345 678", "[số điện thoại]"],
    ["mobile phone, dotted", "0912.345.678", "[số điện thoại]"],
    ["mobile phone, hyphens", "091-234-5678", "[số điện thoại]"],
    ["mobile phone, abroad", "+84 912 345 678", "[số điện thoại]"],
    ["mobile phone without its nought", "84912345678", "[số điện thoại]"],
    ["health insurance card", "GD4010112345678", "[số thẻ BHYT]"],
    ["health insurance card, spaced", "GD 4 01 01 1234 5678", "[số thẻ BHYT]"],
    ["number plate of a car", "15A-123.45", "[biển số]"],
    ["number plate of a motorbike", "15B1-234.56", "[biển số]"],
    ["e-mail address", "ba.nam_65@gmail.com", "[thư điện tử]"],
  ])("%s: %s", (_, number, mark) => {
    for (const around of [
      number,
      `của tôi là ${number} ạ`,
      `số:${number}.`,
      `Tôi tên Lan,${number}`,
      `(${number})`,
      `sđt/${number}`,
      `${number}/Lan`,
    ])
      expect(masked(around), around).toBe(around.replace(number, mark))
  })

  it.each([
    ["số tài khoản 19012345678901", "số tài khoản [số tài khoản]"],
    ["stk 0011 0042 3456", "stk"],
    ["mã OTP là 482913", "mã OTP là [mã OTP]"],
    ["otp 4829", "otp [mã OTP]"],
    ["số nhà 12B/4 thôn Đông", "số nhà [số nhà] thôn Đông"],
  ])("where a word tells what it is: “%s”", (message, start) => {
    expect(masked(message).startsWith(start)).toBe(true)
  })

  it("all of them, and it is told of which kind they were", () => {
    const { text, found } = maskPersonalData("CCCD 031095001234, đt 0912345678, thư a@b.vn")
    expect(text).toBe("CCCD [số định danh], đt [số điện thoại], thư [thư điện tử]")
    expect([...found].sort()).toEqual(["email", "identity", "phone"])
  })

  it("however they are spaced", () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(digits, fc.array(fc.constantFrom("", " ", ".", "-"), { minLength: 8, maxLength: 8 }), (tail, gaps) => {
        const number = `09${tail.map((digit, i) => `${gaps[i] ?? ""}${digit}`).join("")}`
        expect(masked(`gọi ${number} nhé`)).toBe("gọi [số điện thoại] nhé")
      }),
    )
  })

  it("once: a covered message has nothing left to cover", () => {
    const once = masked("031095001234 và 0912345678 và a@b.vn và stk 19012345678901 và số nhà 12B")
    expect(maskPersonalData(once)).toEqual({ text: once, found: [] })
  })
})

describe("what is nobody's secret stays", () => {
  it.each([
    "lệ phí 8.000 đồng, hay 1.500.000 đồng, hay 1.000.000.000 đồng",
    "8,000 VNĐ và 8000đ",
    "ngày 01/7/2025, 15-02-2026, 2026-07-18, 07:30",
    "Quyết định 5049/QĐ-UBND ngày 31/12/2025",
    "Nghị định 30/2020/NĐ-CP, Luật 91/2025/QH15",
    "thủ tục 1.001193 và 2.000635.000.00.00.H24",
    "đường dây nóng 0225 111 2222, tổng đài 1900 1234, cấp cứu 115",
    "từ 07 giờ 30 đến 16 giờ 30, thứ 2 đến thứ 6",
    "mẫu CT01, mẫu 01/ĐK",
    "năm 2025 có 365 ngày, 100 m2, 10,5%",
    "mua 15 bao 12345 viên",
    "",
  ])("“%s”", (text) => {
    expect(maskPersonalData(text)).toEqual({ text, found: [] })
  })

  it("amounts of money of any size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 9_999_999_999 }), (value) => {
        const text = `hết ${new Intl.NumberFormat("vi-VN").format(value)} đồng`
        expect(masked(text)).toBe(text)
      }),
    )
  })
})
