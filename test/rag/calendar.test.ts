import { describe, expect, it } from "vitest"
import { type Notice, noticeSchema } from "../../knowledge/notice.ts"
import { calendarQuestion } from "../../rag/calendar/asking.ts"
import { BIRTH, COPY, HOTLINE, NOTICES, openCommune } from "./small-commune.ts"

// Tests ask on Saturday, 21/11/2026.
const today = "2026-11-21"
const source = "Thông báo số 9/TB-UBND của xã An Thử"
const notice = (more: object): Notice => noticeSchema.parse({ source, ...more })

const HOLIDAYS = notice({
  ...{ kind: "holidays", id: "lich-nghi-2026", title: "Lịch nghỉ lễ năm 2026", year: 2026 },
  text: "Xã An Thử nghỉ các ngày lễ năm 2026 theo danh sách kèm theo.",
  daysOff: [
    { date: "2026-11-25", name: "Ngày hội của xã" },
    { date: "2026-12-31", name: "Nghỉ hoán đổi Tết Dương lịch" },
  ],
  workingDays: [{ date: "2026-12-26", name: "làm bù cho ngày 31/12" }],
})
const SAME_DAY = notice({
  ...{ kind: "same_day", id: "trong-ngay", title: "Ngày trả kết quả trong ngày", weekday: 3, cutOff: "14:30", procedures: [COPY] },
  text: "Thứ Tư hằng tuần xã trả kết quả trong ngày.",
  ...{ holidayRule: "Trùng ngày nghỉ thì chuyển sang ngày làm việc liền sau", onHoliday: "next_working_day" },
})
const WEEK = notice({
  ...{ kind: "weekly_schedule", id: "lich-tuan-2026-11-23", title: "Lịch công tác của Chủ tịch UBND xã", who: "Chủ tịch UBND xã" },
  ...{ text: "Lịch công tác tuần của Chủ tịch UBND xã An Thử.", monday: "2026-11-23" },
  entries: [
    { date: "2026-11-23", from: "08:00", what: "Họp giao ban", place: "Phòng họp số 1" },
    { date: "2026-11-26", from: "07:30", what: "Tiếp công dân" },
  ],
})
const reception = NOTICES.filter(({ kind }) => kind === "reception").map((one) => notice({ ...one, weekdays: [4] }))
const rest = NOTICES.filter(({ kind }) => kind !== "reception")

const { ask } = await openCommune({ notices: [...rest, ...reception, HOLIDAYS, SAME_DAY, WEEK] })
const bare = await openCommune({ notices: rest })

describe("whether the office is open", () => {
  it.each([
    ["hôm nay có làm việc không", "thứ Bảy, 21/11/2026", "không làm việc (ngày nghỉ hằng tuần)"],
    ["hom nay co lam viec ko a", "thứ Bảy, 21/11/2026", "không làm việc"],
    ["thứ hai xã có làm việc không", "thứ Hai, 23/11/2026", "có làm việc, giờ tiếp nhận 07:30–16:30"],
    ["thứ tư tuần sau ủy ban có nghỉ không ạ", "thứ Tư, 25/11/2026", "không làm việc (Ngày hội của xã)"],
    ["thứ bảy ngày 26/12 có làm việc không", "thứ Bảy, 26/12/2026", "có làm việc (làm bù cho ngày 31/12)"],
    ["ngày mai trung tâm có mở cửa không", "Chủ nhật, 22/11/2026", "không làm việc"],
    ["1/1/2027 có nghỉ không", "thứ Sáu, 01/01/2027", "không làm việc (Tết Dương lịch)"],
    ["30 tháng 4 năm 2027 xã An Thử có làm việc không", "thứ Sáu, 30/04/2027", "không làm việc (Ngày Chiến thắng)"],
  ])("is told of the day that is asked: %s", async (question, day, said) => {
    const answer = await ask(question)
    expect(answer.status).toBe("answered")
    expect(answer.text).toContain(day)
    expect(answer.text).toContain(said)
    expect(answer.text).toContain("Nguồn: Thông báo của xã")
    expect(answer.citations.map((c) => c.sourceId)).toContain("notice:gio-lam-viec")
  })

  it("is not guessed where nobody published the hours, nor taken for a procedure with the word “việc” in its name", async () => {
    const { ask: asked } = await openCommune({ notices: [], documents: [] })
    const answer = await asked("hôm nay có làm việc không")
    expect(answer.status).toBe("no_source")
    expect(answer.text).toContain("chưa công bố giờ làm việc")
    expect(answer.choices.map(({ id }) => id)).toEqual(["human"])
    // Whom one can speak to is another question.
    expect((await asked("lịch tiếp công dân của chủ tịch xã")).text).not.toContain("giờ làm việc để trợ lý trả lời")
  })

  it("names the next working day, past days off that are published", async () => {
    expect((await ask("thứ tư tuần sau có làm việc không")).text).toContain("gần nhất sau đó: thứ Năm, 26/11/2026, 07:30–16:30")
    expect((await ask("thứ tư tuần sau có làm việc không")).citations.map((c) => c.sourceId)).toContain("notice:lich-nghi-2026")
    expect((await ask("cuối tuần có làm việc không")).text).toMatch(/21\/11\/2026[^]*22\/11\/2026[^]*23\/11\/2026/)
  })

  it("is not told where the year's days off are not published and the day may be one", async () => {
    const answer = await ask("mùng 3 tết có làm việc không")
    expect(answer.status).toBe("no_source")
    expect(answer.text).toMatch(/08\/02\/2027.*chưa công bố lịch nghỉ/)
    expect(answer.text).toContain(HOTLINE)
    expect((await ask("mùng 1 tết có làm việc không")).text).toMatch(/06\/02\/2027[^]*Bộ luật Lao động 2019/)
  })
})

describe("days off", () => {
  it("are listed from the year's notice", async () => {
    const answer = await ask("lịch nghỉ lễ năm nay")
    expect(answer.status).toBe("answered")
    expect(answer.text).toContain("Nghỉ hoán đổi Tết Dương lịch: thứ Năm, 31/12/2026")
    expect(answer.text).toContain("Làm bù thứ Bảy, 26/12/2026")
    expect((await ask("nghỉ tết dương lịch 2026 mấy ngày")).text).not.toContain("Ngày hội của xã:")
  })

  it("that nobody published are not guessed", async () => {
    const answer = await ask("tết này nghỉ mấy ngày")
    expect(answer.status).toBe("no_source")
    expect(answer.text).toMatch(/chưa công bố lịch nghỉ lễ, Tết năm 2027[^]*Tết Nguyên đán: thứ Bảy, 06\/02\/2027/)
  })
})

describe("the same-day day", () => {
  it("is told for a week, moved by the published rule, with its list and cut-off", async () => {
    const answer = await ask("tuần sau ngày trả kết quả trong ngày là hôm nào")
    expect(answer.status).toBe("answered")
    for (const said of [
      "thứ Tư, 25/11/2026 trùng ngày nghỉ (Ngày hội của xã)",
      "chuyển sang thứ Năm, 26/11/2026",
      "trước 14:30",
      "Chứng thực bản sao",
    ])
      expect(answer.text).toContain(said)
    expect(answer.citations.map((c) => c.sourceId)).toEqual(["notice:trong-ngay", "notice:lich-nghi-2026"])
  })

  it("of this week that is over is said to be over, with the next one", async () => {
    const { text } = await ask("tuan nay ngay nao tra ket qua trong ngay")
    expect(text).toMatch(/tuần này \(thứ Tư, 18\/11\/2026\) đã qua[^]*là thứ Năm, 26\/11\/2026/)
  })

  it("that nobody published is not made up", async () => {
    const answer = await bare.ask("tuần này ngày trả kết quả trong ngày là hôm nào")
    expect([answer.status, answer.citations]).toEqual(["no_source", []])
    expect(answer.text).toContain("chưa công bố ngày giải quyết và trả kết quả trong ngày")
  })
})

describe("reception and the leaders' week", () => {
  it.each(["lịch tiếp dân", "lich tiep cong dan cua xa", "tôi muốn gặp chủ tịch xã thì ngày nào"])("next day of: %s", async (question) => {
    const answer = await ask(question)
    expect(answer.status).toBe("answered")
    expect(answer.text).toContain("Chủ tịch xã tiếp công dân vào thứ Năm hằng tuần")
    expect(answer.text).toContain("thứ Năm, 26/11/2026")
    expect(answer.citations.map((c) => c.sourceId)).toEqual(["notice:tiep-cong-dan"])
  })

  it("are told day by day with the source", async () => {
    const week = await ask("tuần sau chủ tịch làm gì")
    expect(week.status).toBe("answered")
    expect(week.text).toContain("Thứ Hai, 23/11/2026:\n- 08:00 – Họp giao ban (Phòng họp số 1)")
    expect(week.text).toContain(`Nguồn: ${source}`)
    const day = await ask("thứ năm tuần sau chủ tịch đi đâu")
    expect(day.text).toContain("Tiếp công dân")
    expect(day.text).not.toContain("Họp giao ban")
  })

  it("of a week that nobody published are said to be missing, and a person is offered", async () => {
    const answer = await ask("tuần này chủ tịch làm gì")
    expect(answer.status).toBe("no_source")
    expect(answer.text).toMatch(/lịch công tác tuần từ thứ Hai, 16\/11\/2026 đến Chủ nhật, 22\/11\/2026 chưa được/)
    expect(answer.text).toContain(HOTLINE)
    expect(answer.choices).toEqual([expect.objectContaining({ id: "human" })])
  })
})

describe("a question about something else", () => {
  it.each([
    "thứ bảy có làm giấy khai sinh không",
    "công an xã thứ bảy có làm việc không",
    "làm giấy khai sinh có lấy ngay trong ngày không",
    "hôm nay tôi đi đăng ký kết hôn cần gì",
    "nghỉ thai sản được mấy ngày",
    "người lao động nghỉ tết có được hưởng lương không",
    "chủ tịch nước tuần này làm gì",
    "xã Bình Thử hôm nay có làm việc không",
    "mấy giờ mở cửa",
    "sáng thứ bảy dọn vệ sinh ở đâu",
    "mai táng phí nhận ở đâu",
    "đăng ký khai sinh nhận kết quả ngày nào",
  ])("is left to the search: %s", (question) => {
    expect(calendarQuestion(question, { today, names: "xã An Thử" })).toBeNull()
  })

  it("keeps its way where no notices are known", async () => {
    const documents = await openCommune({ notices: [], home: null })
    expect((await documents.ask("sáng thứ bảy xã An Thử có dọn vệ sinh không")).citations[0]?.sourceId).toBe("ke-hoach-don-ve-sinh-an-thu")
    expect((await documents.ask("hôm nay có làm việc không")).trace.find(({ step }) => step === "calendar")?.verdict).toBe("skipped")
  })

  it("does not break off the procedure that was talked about", async () => {
    const first = await ask("đăng ký kết hôn cần gì")
    const between = await ask("hôm nay có làm việc không", { context: first.context })
    expect(between.context?.procedureCode).toBe(first.procedure?.code)
  })
})

describe("a day beside a matter", () => {
  it.each([
    "thứ bảy làm khai sinh được không",
    "chu nhat di dang ky khai sinh duoc khong",
    "em muốn đăng ký khai sinh, thứ 7 ủy ban có làm việc không",
  ])("is told together with the procedure: %s", async (question) => {
    const answer = await ask(question)
    expect(answer).toMatchObject({ status: "answered", procedure: { code: BIRTH } })
    expect(answer.text.indexOf("không làm việc")).toBeLessThan(answer.text.indexOf("Giấy chứng sinh"))
    expect(answer.text).toContain("thứ Hai, 23/11/2026, 07:30–16:30")
    expect(answer.citations.map(({ sourceId }) => sourceId)).toEqual(expect.arrayContaining([BIRTH, "notice:gio-lam-viec"]))
  })

  it("is told by itself where the matter is not found", async () => {
    const answer = await ask("thứ 7 ủy ban có làm việc không, em muốn xin giấy phép nuôi rồng")
    expect(answer.text).toContain("không làm việc (ngày nghỉ hằng tuần)")
  })

  it.each([
    "con thứ hai đăng ký khai sinh được không",
    "bé sinh thứ bảy tuần trước đăng ký khai sinh được không",
    "đăng ký khai sinh cần gì",
  ])("that is none is not told: %s", async (question) => {
    const { text, procedure } = await ask(question)
    expect(procedure?.code).toBe(BIRTH)
    expect(text).not.toContain("làm việc (")
    expect(text).not.toContain("giờ tiếp nhận")
  })
})
