import { describe, expect, it } from "vitest"
import { fold } from "../../rag/vietnamese/fold.ts"
import { MARRIAGE, openCommune, procedure, PROCEDURES } from "./small-commune.ts"

const { ask } = await openCommune()

/** The same commune with one procedure more. */
const withProcedure = (more: object) =>
  openCommune({ procedures: [...PROCEDURES, procedure(HALL, "Cho mượn nhà văn hóa thôn", more)], documents: [] })
const HALL = "1.900070"

describe("whether and who", () => {
  const hall = withProcedure({
    subjects: "Hộ gia đình trong thôn",
    conditions: ["Không tổ chức quá 22 giờ.", "Trả lại nhà văn hóa sạch sẽ; làm hỏng bàn ghế thì phải bồi thường."],
    dossier: [{ papers: [{ name: "Đơn xin mượn nhà văn hóa" }, { name: "Giấy ủy quyền nếu nhờ người khác mượn thay", note: true }] }],
    steps: ["Nộp đơn cho trưởng thôn trước ngày tổ chức ít nhất 4 ngày.", "Trưởng thôn ghi sổ và giao chìa khóa."],
    methods: [{ channel: "in_person", time: { text: "Trong ngày" } }],
  })

  it.each([
    ["mượn nhà văn hóa thôn mà làm hỏng bàn ghế thì sao", "làm hỏng bàn ghế thì phải bồi thường"],
    ["nhờ người khác mượn nhà văn hóa thay được không", "Giấy ủy quyền nếu nhờ người khác mượn thay"],
    ["mượn nhà văn hóa phải báo trước bao nhiêu ngày", "ít nhất 4 ngày"],
  ])("are answered with the very sentence that says it: “%s”", async (question, sentence) => {
    for (const written of [question, fold(question)]) {
      const { text, status } = await (await hall).ask(written)
      expect(status).toBe("answered")
      expect(text.split("\n").slice(1, 4).join("\n"), written).toMatch(/^Về điều ông\/bà hỏi/)
      expect(text.split("\n").slice(1, 4).join("\n"), written).toContain(sentence)
    }
  })

  it("tell honestly that no sentence speaks of the circumstance, and show what the record holds", async () => {
    const question = "cho hộ chăn nuôi mượn nhà văn hóa thôn được không"
    for (const written of [question, fold(question)]) {
      const { text, fields } = await (await hall).ask(written)
      expect(text, written).toContain("không có câu nào ghi riêng")
      expect(text).not.toContain("Về điều ông/bà hỏi")
      expect(text).toContain("gặp cán bộ")
      expect(fields.conditions).toContain("Không tổ chức quá 22 giờ.")
    }
  })

  it("do not take “đặc biệt nặng” for “nặng”", async () => {
    const care = await withProcedure({
      conditions: ["Người khuyết tật đặc biệt nặng được mượn không phải đặt cọc."],
      subjects: "Mọi người",
    })
    expect((await care.ask("người khuyết tật đặc biệt nặng mượn nhà văn hóa thôn có được không")).text).toContain("Về điều ông/bà hỏi")
    expect((await care.ask("người khuyết tật nặng mượn nhà văn hóa thôn có được không")).text).not.toContain("Về điều ông/bà hỏi")
  })
})

describe("a record that says something in another part", () => {
  it("answers with that sentence and cites the part it stands in", async () => {
    const { ask: askHall } = await withProcedure({
      place: "",
      authority: "",
      dossier: [{ papers: [{ name: "Đơn xin mượn nhà văn hóa theo mẫu của thôn" }] }],
      steps: [
        "Người mượn nộp đơn tại Ủy ban nhân dân xã.",
        "Chỉ được mượn khi đã nộp lệ phí vệ sinh.",
        "Trong thời hạn 6 ngày, trưởng thôn trả lời và cấp giấy mượn.",
      ],
    })
    const said = async (question: string) => askHall(`mượn nhà văn hóa thôn ${question}`)
    const fee = await said("lệ phí bao nhiêu")
    expect(fee.fields.fee).toContain("Chỉ được mượn khi đã nộp lệ phí vệ sinh.")
    expect(fee.text).not.toMatch(/miễn phí/i)
    expect(fee.text).toContain("chưa ghi rõ mức thu")
    expect(fee.citations[0]).toMatchObject({ sourceId: HALL, section: "Các bước" })
    expect((await said("mất bao lâu")).fields.time).toContain("Trong thời hạn 6 ngày")
    expect((await said("nộp ở đâu")).fields.place).toContain("nộp đơn tại Ủy ban nhân dân xã")
    expect((await said("điều kiện gì")).fields.conditions).toContain("Chỉ được mượn khi")
    expect((await said("xin mẫu đơn")).fields.forms).toBe("Đơn xin mượn nhà văn hóa theo mẫu của thôn")
  })

  it("does not pass what the office does inside the house for a condition", async () => {
    const { ask: askHall } = await withProcedure({ steps: ["Cán bộ phải kiểm tra điều kiện rồi trình lãnh đạo ký."] })
    const { fields, status } = await askHall("mượn nhà văn hóa thôn cần điều kiện gì")
    expect(status).toBe("answered_partial")
    expect(fields).not.toHaveProperty("conditions")
  })
})

it("a question for who may is answered from the procedure, not from a notice that names it", async () => {
  expect((await ask("đăng ký kết hôn ai đi làm được")).procedure?.code).toBe(MARRIAGE)
})

describe("a record that does not say what to bring", () => {
  const empty = { place: "Nhà văn hóa thôn", authority: "", dossier: [], methods: [], steps: [], conditions: [], subjects: "" }

  it("says what it lacks, also to those who name no part", async () => {
    const answer = await (await withProcedure(empty)).ask("cho mượn nhà văn hóa thôn")
    expect(answer).toMatchObject({ status: "answered_partial", fields: { place: "Nhà văn hóa thôn" } })
    expect(answer.text).toContain("chưa ghi: cần mang")
  })

  it("calls a paper that asks for something a form", async () => {
    const dossier = [{ papers: [{ name: "Đề nghị mượn nhà văn hóa" }] }]
    expect((await (await withProcedure({ ...empty, dossier })).ask("mẫu đơn mượn nhà văn hóa thôn")).fields.forms).toContain("Đề nghị mượn")
  })
})

it("whoever asks where is told in short what to bring; whoever asks for the fee is not", async () => {
  expect((await ask("đăng ký khai sinh nộp ở đâu")).fields).toHaveProperty("dossier")
  expect((await ask("đăng ký khai sinh mất bao nhiêu tiền")).fields).not.toHaveProperty("dossier")
})

it("how long a paper holds is told from the sentence that says it, never by how long it takes to get it", async () => {
  const methods = [{ channel: "in_person", time: { text: "6 ngày làm việc" } }]
  const silent = await (await withProcedure({ methods })).ask("giấy cho mượn nhà văn hóa thôn có giá trị bao lâu")
  expect(silent.text).not.toContain("6 ngày")
  expect(silent.fields).not.toHaveProperty("time")
  const told = await (
    await withProcedure({ methods, steps: ["Giấy cho mượn có giá trị trong 3 tháng kể từ ngày ký.", "Nộp đơn."] })
  ).ask("giấy cho mượn nhà văn hóa thôn có giá trị bao lâu")
  expect(told.text).toContain("có giá trị trong 3 tháng")
})
