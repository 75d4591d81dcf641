import { describe, expect, it } from "vitest"
import { plusDays, weekdayOf } from "../../knowledge/calendar/dates.ts"
import { lawHolidays } from "../../knowledge/calendar/law.ts"
import { solarOf } from "../../knowledge/calendar/lunar.ts"
import { resultDay, sameDayOf } from "../../knowledge/calendar/same-day.ts"
import { addWorkingDays, calendarOf, dayOf, nextWorkingDay, previousWorkingDay } from "../../knowledge/calendar/work-calendar.ts"
import { type HOLIDAY_RULES, missingConsent, noticeSchema } from "../../knowledge/notice.ts"

const off = (name: string, ...dates: string[]) => dates.map((date) => ({ date, name }))

/** The days off of officials in 2026 as they were announced, with two Saturdays worked instead. */
export const HOLIDAYS_2026 = noticeSchema.parse({
  kind: "holidays",
  id: "lich-nghi-2026",
  title: "Lịch nghỉ lễ, Tết năm 2026",
  text: "Xã nghỉ Tết Nguyên đán từ ngày 14/02/2026 đến hết ngày 22/02/2026; nghỉ Quốc khánh từ ngày 29/8/2026 đến hết ngày 02/9/2026.",
  source: "Thông báo số 5/TB-UBND của xã",
  year: 2026,
  daysOff: [
    ...off("Tết Dương lịch", "2026-01-01", "2026-01-02"),
    ...off("Tết Nguyên đán", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"),
    ...off("Nghỉ bù Giỗ Tổ Hùng Vương", "2026-04-27"),
    ...off("Ngày Chiến thắng", "2026-04-30"),
    ...off("Ngày Quốc tế lao động", "2026-05-01"),
    ...off("Quốc khánh", "2026-08-31", "2026-09-01", "2026-09-02"),
  ],
  workingDays: [...off("Làm bù cho ngày 02/01", "2026-01-10"), ...off("Làm bù cho ngày 31/8", "2026-08-22")],
})

const calendar = calendarOf([HOLIDAYS_2026])

describe("the lunar calendar", () => {
  it.each([
    // 1985 and 2007 and 2030: Beijing has another day.
    [1968, "1968-01-29"],
    [1985, "1985-01-21"],
    [2007, "2007-02-17"],
    [2020, "2020-01-25"],
    [2021, "2021-02-12"],
    [2022, "2022-02-01"],
    [2023, "2023-01-22"],
    [2024, "2024-02-10"],
    [2025, "2025-01-29"],
    [2026, "2026-02-17"],
    [2027, "2027-02-06"],
    [2028, "2028-01-26"],
    [2029, "2029-02-13"],
    [2030, "2030-02-02"],
  ])("has the first day of %i on %s", (year, date) => expect(solarOf({ day: 1, month: 1, year })).toBe(date))

  it.each([
    [2019, "2019-04-14"],
    [2023, "2023-04-29"], // after a doubled second month
    [2024, "2024-04-18"],
    [2025, "2025-04-07"],
    [2026, "2026-04-26"],
    [2027, "2027-04-16"],
    [2028, "2028-04-04"],
    [2029, "2029-04-23"],
    [2030, "2030-04-12"],
  ])("has Giỗ Tổ of %i on %s", (year, date) => expect(solarOf({ day: 10, month: 3, year })).toBe(date))
})

describe("days off by law", () => {
  it("are certain where the law names the day, with the day in place of one on a weekend", () => {
    const certain = lawHolidays(2026).filter((day) => day.certain)
    expect(certain.map(({ date, name }) => `${date} ${name}`)).toEqual([
      "2026-01-01 Tết Dương lịch",
      "2026-02-17 Tết Nguyên đán",
      "2026-04-26 Giỗ Tổ Hùng Vương",
      "2026-04-27 Nghỉ bù Giỗ Tổ Hùng Vương",
      "2026-04-30 Ngày Chiến thắng",
      "2026-05-01 Ngày Quốc tế lao động",
      "2026-09-02 Quốc khánh",
    ])
    // Saturday and Sunday in a row: two days after them.
    const spring = lawHolidays(2022).filter(({ date, certain }) => certain && date.startsWith("2022-05"))
    expect(spring.map(({ date }) => date)).toEqual(["2022-05-01", "2022-05-02", "2022-05-03"])
  })

  it("include every day that was announced for Tết and Quốc khánh, but do not say that it is certain", () => {
    const known = new Map(lawHolidays(2026).map((day) => [day.date, day.certain]))
    for (const date of ["2026-02-16", "2026-02-18", "2026-02-20", "2026-08-31", "2026-09-01"]) expect(known.get(date), date).toBe(false)
  })
})

describe("a day", () => {
  it("is what the published list says, and only without one what the law says", () => {
    const law = calendarOf([])
    expect(dayOf(calendar, "2026-08-31")).toMatchObject({ why: "holiday", name: "Quốc khánh", list: { id: "lich-nghi-2026" } })
    expect(dayOf(calendar, "2026-08-22")).toMatchObject({ why: "made_up", name: "Làm bù cho ngày 31/8" })
    expect(dayOf(calendar, "2026-08-29")).toMatchObject({ why: "weekly", list: null })
    expect(dayOf(calendar, "2026-02-23")).toMatchObject({ why: "ordinary" })
    expect(dayOf(law, "2026-08-31")).toMatchObject({ why: "undecided", name: "Quốc khánh" })
    expect(dayOf(law, "2026-08-22")).toMatchObject({ why: "weekly" })
    expect(dayOf(law, "2026-04-30")).toMatchObject({ why: "holiday", list: null })
  })

  it("of an office that opens on Saturdays is no weekly day off", () => {
    expect(dayOf(calendarOf([HOLIDAYS_2026], [1, 2, 3, 4, 5, 6]), "2026-11-28").why).toBe("ordinary")
  })

  it("after or before an undecided one is never promised too early", () => {
    const law = calendarOf([])
    expect(nextWorkingDay(law, "2026-02-13")).toBe("2026-02-25")
    expect(previousWorkingDay(calendar, "2026-02-17")).toBe("2026-02-13")
  })
})

describe("time limits", () => {
  it.each([
    ["2026-02-11", 3, "2026-02-23"],
    ["2025-12-31", 3, "2026-01-07"],
    ["2026-04-29", 3, "2026-05-06"],
    ["2026-08-21", 2, "2026-08-24"],
    ["2026-08-28", 1, "2026-09-03"],
    ["2026-02-05", 10, "2026-02-26"],
  ])("received on %s, %i working days end on %s", (received, days, end) => expect(addWorkingDays(calendar, received, days)).toBe(end))

  it("do not count a Saturday that the office does not make up for", () => {
    const list = HOLIDAYS_2026.kind === "holidays" ? { ...HOLIDAYS_2026, workingDays: [] } : HOLIDAYS_2026
    expect(addWorkingDays(calendarOf([list]), "2026-08-21", 2)).toBe("2026-08-25")
  })

  it.each([
    ["2026-02-13", "15:30", "2026-02-23"],
    ["2026-02-13", "14:59", "2026-02-13"],
    ["2026-02-13", "15:00", "2026-02-23"],
    ["2026-04-24", "16:00", "2026-04-28"],
    ["2026-03-07", "09:00", "2026-03-09"],
  ])("of the same day, received on %s at %s, end on %s", (date, clock, end) =>
    expect(resultDay(calendar, { date, clock }, "15:00")).toBe(end),
  )
})

describe("the same-day day of a week", () => {
  const wednesday = (date: string, onHoliday: (typeof HOLIDAY_RULES)[number]) => sameDayOf(calendar, date, { weekday: 3, onHoliday }).date

  it("is its weekday, from whatever day of the week one asks", () => {
    for (let days = 0; days < 7; days += 1) expect(wednesday(plusDays("2026-11-16", days), "skipped")).toBe("2026-11-18")
    expect(weekdayOf("2026-11-18")).toBe(3)
  })

  it("moves on a holiday only by the published rule", () => {
    expect(wednesday("2026-09-01", "skipped")).toBeNull()
    expect(wednesday("2026-09-01", "announced")).toBeNull()
    expect(wednesday("2026-09-01", "next_working_day")).toBe("2026-09-03")
    expect(wednesday("2026-09-01", "next_in_week")).toBe("2026-09-03")
    expect(wednesday("2026-02-17", "next_in_week")).toBeNull()
    expect(wednesday("2026-09-01", "previous_working_day")).toBe("2026-08-28")
    expect(sameDayOf(calendar, "2026-09-01", { weekday: 3, onHoliday: "skipped" }).clash).toMatchObject({ name: "Quốc khánh" })
  })

  it("is not worked out where the year's days are not yet decided", () => {
    expect(sameDayOf(calendarOf([]), "2026-02-18", { weekday: 3, onHoliday: "next_working_day" })).toMatchObject({
      date: null,
      clash: { why: "undecided" },
    })
  })
})

describe("notices of days", () => {
  const schedule = (more: object) =>
    noticeSchema.safeParse({
      ...{ kind: "weekly_schedule", id: "tuan", title: "Lịch tuần", text: "Lịch tuần", source: "Văn phòng", who: "Chủ tịch UBND xã" },
      ...{ monday: "2026-11-16", entries: [{ date: "2026-11-16", what: "Họp giao ban" }], ...more },
    }).success

  it("name real days, of their own year and week", () => {
    expect(noticeSchema.safeParse({ ...HOLIDAYS_2026, year: 2027 }).success).toBe(false)
    expect(noticeSchema.safeParse({ ...HOLIDAYS_2026, daysOff: off("Ngày lạ", "2026-02-30") }).success).toBe(false)
    expect(noticeSchema.safeParse({ ...HOLIDAYS_2026, workingDays: off("Làm bù", "2026-01-01") }).success).toBe(false)
    expect([schedule({}), schedule({ monday: "2026-11-17" }), schedule({ monday: "" })]).toEqual([true, false, false])
    expect(schedule({ entries: [{ date: "2026-11-23", what: "Họp giao ban" }] })).toBe(false)
  })
})

describe("a telephone number", () => {
  const contact = (phone: string, more: object = {}) =>
    missingConsent(
      noticeSchema.parse({ ...{ kind: "contact", id: "so", title: "Số máy", text: "Số máy", source: "Xã", role: "Trực" }, phone, ...more }),
    )

  it("is told when somebody says that it may be; one that looks private, with the reason", () => {
    expect(Object.keys(contact("0225 3 000 111"))).toEqual(["published"])
    expect(contact("0225 3 000 111", { published: true })).toEqual({})
    for (const phone of ["0912 345 678", "+84 912.345.678", "(0912) 345-678"])
      expect(Object.keys(contact(phone, { published: true })), phone).toEqual(["mobileReason"])
    expect(contact("0912 345 678", { published: true, mobileReason: "Máy trực của Trung tâm, do xã trang bị" })).toEqual({})
    expect(contact("1900 1234", { published: true })).toEqual({})
  })
})
