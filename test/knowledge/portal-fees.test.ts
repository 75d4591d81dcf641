import { describe, expect, it } from "vitest"
import { FEE_TO_BE_CONFIRMED } from "../../knowledge/import/portal-fees.ts"
import { handedIn } from "./samples.ts"

const feesOf = (fees: readonly Record<string, unknown>[], record: Record<string, unknown> = {}) => handedIn({ fees }, record).fees

describe("a fee that the portal shows as zero", () => {
  it("is set by the province when the note names the People's Council, and the note is what is shown", () => {
    const note = "Mức thu do Hội đồng nhân dân tỉnh quyết định, miễn cho hộ nghèo"
    expect(feesOf([{ type: "Lệ phí", value: 0, description: note }], { fee_zero_with_note: true })).toMatchObject([
      { status: "set_locally", text: note, amount: null, kind: "lệ phí" },
    ])
  })

  it.each([
    "Miễn phí (Theo nghị quyết của HĐND tỉnh)",
    "0 đồng (Theo nghị quyết của HĐND tỉnh)",
    "Lệ phí : Đồng (Theo nghị quyết của HĐND tỉnh)",
  ])("is never free when the bracket behind it sends people to the province: %s", (description) => {
    expect(feesOf([{ value: 0, description }])).toMatchObject([{ status: "set_locally", text: "Theo nghị quyết của HĐND tỉnh" }])
  })

  it("promises nothing when the record is marked as a zero with a note, even where this way of handing in has no note", () => {
    for (const fee of [{ value: 0, description: "" }, { description: "Miễn phí" }, { description: "Miễn phí (không có)" }]) {
      expect(feesOf([fee], { fee_zero_with_note: true })).toEqual([])
    }
  })

  it("shows any other note as it is written, without calling it free", () => {
    const [fee] = feesOf([{ value: 0, description: "Miễn phí (theo pháp luật về phí, lệ phí)" }], { fee_zero_with_note: true })
    expect(fee).toMatchObject({ status: "see_text", text: "theo pháp luật về phí, lệ phí" })
  })

  it.each([
    { description: "Miễn phí" },
    { value: 0, description: "" },
    { description: "Không thu lệ phí" },
    { description: "0 VNĐ (0 đồng)" },
  ])("is free where the source says so without a condition: %j", (fee) =>
    expect(feesOf([fee])).toMatchObject([{ status: "free", text: "Miễn phí", amount: null }]),
  )
})

describe("several fees of one way of handing in", () => {
  it("leave the bare zero out, so that nobody reads the whole as free", () => {
    const fees = feesOf([
      { type: "Lệ phí", value: 0, description: "" },
      { type: "Phí", value: 8000, description: "/bản" },
    ])
    expect(fees).toMatchObject([{ status: "amount", text: "8.000 đồng/bản" }])
  })

  it("are not free either when all that is beside the zero is a number that slipped in from another column", () => {
    expect(feesOf([{ value: 0, description: "" }, { description: "120" }])).toEqual([])
  })

  it("are free when each of them is", () => {
    expect(feesOf([{ value: 0 }, { description: "Miễn phí" }]).map((f) => f.status)).toEqual(["free", "free"])
  })
})

describe("a fee with a figure", () => {
  it.each([
    [{ description: "2,000 Việt Nam Đồng (/trang)" }, 2000, "2.000 đồng/trang"],
    [{ value: 8000, currency: "Việt Nam Đồng", description: "(/bản)" }, 8000, "8.000 đồng/bản"],
    [{ value: 80000, description: "/hồ sơ (Thông tư của Bộ Tài chính)" }, 80000, "80.000 đồng/hồ sơ (Thông tư của Bộ Tài chính)"],
    [{ value: 10000, description: "/trường hợp." }, 10000, "10.000 đồng/trường hợp"],
    [{ description: "150.000 VNĐ (cấp lần đầu (Đất))" }, 150000, "150.000 đồng (cấp lần đầu (Đất))"],
    [{ value: 35000, description: "(cấp lại thẻ" }, 35000, "35.000 đồng (cấp lại thẻ)"],
    [{ value: 1500000, description: "" }, 1500000, "1.500.000 đồng"],
  ])("is written as official texts write it: %j", (fee, amount, text) => {
    expect(feesOf([fee])).toMatchObject([{ status: "amount", amount, text }])
  })

  it("in dollars stays in dollars: five dollars at an embassy are not five đồng", () => {
    expect(feesOf([{ value: 5, currency: "USD", description: "Cấp bản sao" }])).toMatchObject([
      { status: "see_text", amount: null, text: "5 USD (Cấp bản sao)" },
    ])
    expect(feesOf([{ description: "10 USD (/bản)" }])).toMatchObject([{ status: "see_text", text: "10 USD/bản" }])
  })

  it("too small to be one is not repeated: its note is shown, or that an officer must be asked", () => {
    expect(feesOf([{ description: "150 VNĐ (150.000 đồng/thẻ)" }])).toMatchObject([{ status: "see_text", text: "150.000 đồng/thẻ" }])
    expect(feesOf([{ value: 15, description: "Đăng ký lại" }])).toMatchObject([
      { status: "see_text", text: `${FEE_TO_BE_CONFIRMED} (Đăng ký lại)` },
    ])
    expect(feesOf([{ value: 45 }])).toMatchObject([{ status: "see_text", amount: null, text: FEE_TO_BE_CONFIRMED }])
  })
})

it.each(["120", "1100", "a", "(1)", "Không có thông tin (2)"])("what is no fee at all is not shown as one: %s", (description) => {
  expect(feesOf([{ description }])).toEqual([])
})

it.each([
  ["Lệ phí", "lệ phí"],
  ["Phí", "phí"],
  ["Mức giá", "mức giá"],
  ["", "phí, lệ phí"],
])("the portal's kind of fee is kept: %s", (type, kind) => {
  expect(feesOf([{ type, value: 20000 }])).toMatchObject([{ kind }])
})
