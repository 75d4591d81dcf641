import { describe, expect, it } from "vitest"
import { readTypedRecords } from "../../knowledge/import/typed-records.ts"

const procedure = (lines = "") => `- code: "1.900001"
  name: Đăng ký nuôi chim
  source: { title: Quyết định của xã }
${lines}`

const problemsOf = (yaml: string) => readTypedRecords(yaml).problems

it("procedures and public notices are read from one list", () => {
  const { items, problems } = readTypedRecords(`${procedure()}
- kind: contact
  id: duong-day-nong
  title: Đường dây nóng
  text: Gọi 0225 000 0001
  source: Thông báo của xã
  role: Trực ban
  phone: 0225 000 0001
`)
  expect(problems).toEqual([])
  expect(items.map((i) => [i.kind, i.key])).toEqual([
    ["procedure", "1.900001"],
    ["notice", "duong-day-nong"],
  ])
})

it("text that a Mac wrote with loose marks, and a mark at the start of the file, make no difference", () => {
  expect(readTypedRecords(`\ufeff${procedure().normalize("NFD")}`).items).toEqual(readTypedRecords(procedure()).items)
})

describe("a fault is told with its line and its field", () => {
  it.each([
    ["a wrong code", procedure().replace("1.900001", "19"), "dòng 1: code: mã thủ tục có dạng 1.001193"],
    ["a missing field", '- code: "1.900001"\n  name: Nuôi chim', "dòng 1: source: còn thiếu"],
    ["a field nobody knows", procedure("  lephi: 0"), "dòng 1: mục: không có trường nào tên là “lephi”; xin kiểm tra chính tả"],
    ["an empty name", procedure("  aliases: [nuôi chim, x]"), "dòng 4: aliases.1: cần ít nhất 2 ký tự"],
    [
      "a day that does not exist",
      procedure("  effectiveFrom: 2026-02-30"),
      "dòng 4: effectiveFrom: ngày cần có thật và viết dạng năm-tháng-ngày, ví dụ 2026-03-22",
    ],
    [
      "a way of handing in that does not exist",
      procedure("  methods:\n    - channel: zalo"),
      "dòng 5: methods.0.channel: chỉ nhận “in_person”, “online”, “post”",
    ],
    [
      "a fee of nothing",
      procedure("  methods:\n    - channel: post\n      fees:\n        - { kind: phí, text: 0 đồng, status: amount, amount: 0 }"),
      "dòng 7: methods.0.fees.0: chọn “Có số tiền” (status: amount) thì phải ghi số tiền lớn hơn 0 đồng (amount), chọn cách ghi khác thì bỏ trống số tiền",
    ],
    [
      "a number for a time that is not certain",
      procedure("  methods:\n    - channel: post\n      time: { text: Hỏi lại, amount: 1, unit: day, certain: false }"),
      "dòng 6: methods.0.time: có số thì phải có đơn vị; thời hạn chưa chắc chắn (certain: false) thì không ghi số",
    ],
  ])("%s", (_what, yaml, problem) => expect(problemsOf(yaml)).toEqual([problem]))

  it.each([
    ["a kind of notice that does not exist", "- kind: weather\n  id: mua", /^dòng 1: kind: chỉ nhận “opening_hours”, “contact”, /],
    ["an hour that does not exist", "- kind: same_day\n  cutOff: 3 giờ chiều", /dòng 2: cutOff: giờ có dạng 07:30/],
    ["a day of the week that does not exist", "- kind: same_day\n  weekday: 8", /dòng 2: weekday: cần nhỏ hơn hoặc bằng 7/],
    ["a telephone number without quotes", "- kind: contact\n  phone: 113", /dòng 2: phone: cần là chữ/],
  ])("%s", (_what, yaml, problem) => expect(problemsOf(yaml).join("\n")).toMatch(problem))

  it("and the same code twice with both lines", () => {
    const { items, problems } = readTypedRecords(`${procedure()}\n${procedure()}`)
    expect(items).toHaveLength(1)
    expect(problems).toEqual(["dòng 5: mã 1.900001 đã có ở dòng 1"])
  })

  it("and none of the good records beside it is lost", () => {
    const { items, problems } = readTypedRecords(`- code: hỏng\n  name: Hỏng\n  source: { title: Nguồn }\n${procedure()}`)
    expect(items.map((i) => i.key)).toEqual(["1.900001"])
    expect(problems).toHaveLength(1)
  })
})

describe("a file that is no such list", () => {
  it.each([
    ["a Tab for a space", "- code: x\n\tname: y", /^dòng 2: thụt dòng bằng phím Tab/],
    ["a field written twice", procedure("  name: Tên khác"), /^dòng 4: trường này ghi hai lần$/],
    ["a quotation mark that is never closed", '- code: "1.900001\n  name: x', /^dòng \d: thiếu dấu nháy/],
    ["a colon inside a sentence", "- name: Lưu ý: nộp sớm", /^dòng 1: câu có dấu hai chấm, xin đặt cả câu trong dấu nháy$/],
    ["a star for emphasis", "- name: *quan trọng", /^dòng 1: giá trị bắt đầu bằng dấu \*/],
    ["one record without its dash", 'code: "1.900001"', /^dòng 1: tệp cần là một danh sách/],
    ["only remarks", "# chưa có gì", /^dòng 1: tệp cần là một danh sách/],
  ])("%s", (_what, yaml, problem) => {
    const { items, problems } = readTypedRecords(yaml)
    expect(items).toEqual([])
    expect(problems[0]).toMatch(problem)
  })

  it("a few lines that would unfold into a memory full of text are refused", () => {
    const bomb = ["- &a [x, x, x, x, x, x, x, x, x]"]
    for (const [from, to] of ["ab", "bc", "cd", "de", "ef", "fg"].map((pair) => [pair.charAt(0), pair.charAt(1)])) {
      bomb.push(`- &${to} [${Array(9).fill(`*${from}`).join(", ")}]`)
    }
    expect(problemsOf(bomb.join("\n"))).toEqual(["dòng 1: dùng dấu * để nhắc lại quá nhiều lần"])
  })
})
