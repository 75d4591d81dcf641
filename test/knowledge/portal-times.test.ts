import { describe, expect, it } from "vitest"
import { TIME_TO_BE_CONFIRMED } from "../../knowledge/import/portal-times.ts"
import { handedIn, published } from "./samples.ts"

const timeOf = (method: Record<string, unknown>, record: Record<string, unknown> = {}) => handedIn(method, record).time
const toBeConfirmed = { text: TIME_TO_BE_CONFIRMED, amount: null, unit: null, certain: false }

describe("a time limit with its unit", () => {
  it.each([
    [{ time: "3 Ngày làm việc" }, { text: "3 ngày làm việc", amount: 3, unit: "working_day" }],
    [{ time: "30 ngày" }, { text: "30 ngày", amount: 30, unit: "day" }],
    [{ time: "24 Giờ" }, { text: "24 giờ", amount: 24, unit: "hour" }],
    [{ time: "04 giờ làm việc" }, { text: "04 giờ làm việc", amount: 4, unit: "hour" }],
    [{ time: "2 tháng" }, { text: "2 tháng", amount: 2, unit: "month" }],
    [
      { time_qty: 7.5, time_unit: "Ngày làm việc" },
      { text: "7.5 ngày làm việc", amount: 7.5, unit: "working_day" },
    ],
    [
      { time_qty: 5, time_unit: "Ngày" },
      { text: "5 ngày", amount: 5, unit: "day" },
    ],
  ])("is typed for reminders and keeps its words: %j", (method, time) => {
    expect(timeOf(method)).toEqual({ ...time, certain: true })
  })

  it("in free words is kept word for word, without a number", () => {
    const words = "Không quá 15 ngày, vùng cao thì thêm 5 ngày"
    expect(timeOf({ time_qty: words, time_unit: "(đơn vị: Khác)" })).toEqual({ text: words, amount: null, unit: null, certain: true })
  })
})

describe("a time limit without a unit", () => {
  it.each([
    { time: "1" },
    { time: "120" },
    { time: "120,000" },
    { time_qty: 1, time_unit: "(đơn vị: Khác)" },
    { time_qty: 7.5, time_unit: "(đơn vị: Khác)" },
    { time_qty: 3, time_unit: "" },
    { time_qty: "Theo mô tả", time_unit: "(đơn vị: Khác)" },
    { time: "0 giờ" },
    { time: "0 Ngày" },
  ])("must be confirmed, and no number is kept: %j", (method) => {
    expect(timeOf(method, { time_unit_uncertain: true })).toEqual(toBeConfirmed)
  })

  it("takes the words of the description", () => {
    expect(timeOf({ time: "1", description: "Ngay trong ngày tiếp nhận; sau 15 giờ thì trả vào ngày làm việc tiếp theo." })).toMatchObject({
      text: expect.stringContaining("Ngay trong ngày tiếp nhận") as string,
      certain: true,
    })
  })

  it("takes the step that speaks of the result", () => {
    const steps = "- Người dân nộp đơn.\n- Trong thời hạn 02 ngày làm việc kể từ ngày nhận đủ hồ sơ, xã trả kết quả."
    const words = "Trong thời hạn 02 ngày làm việc kể từ ngày nhận đủ hồ sơ, xã trả kết quả."
    expect(timeOf({ time: "1" }, { steps })).toEqual({ text: words, amount: null, unit: null, certain: true })
  })

  it.each([
    "Hồ sơ không hợp lệ thì báo lại trong thời hạn 03 ngày làm việc kể từ ngày nhận hồ sơ.",
    "Trong thời hạn 05 ngày kể từ ngày nhận được văn bản xin ý kiến, cơ quan được hỏi phải trả lời.",
    "Người dân giữ biên nhận trong 30 ngày.",
  ])("does not take a step that speaks of something else: %s", (steps) => {
    expect(timeOf({ time: "1" }, { steps })).toEqual(toBeConfirmed)
  })
})

it("a way of handing in without a time is no doubt when another way has one", () => {
  const { methods } = published({ methods: [{ method: "Trực tiếp", time: "5 ngày" }, { method: "Trực tuyến" }] })
  expect(methods.map((m) => m.time?.text ?? null)).toEqual(["5 ngày", null])
})
