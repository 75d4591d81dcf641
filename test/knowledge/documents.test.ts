import { describe, expect, it } from "vitest"
import { InvalidInputError } from "../../errors.ts"
import { fromMarkdown } from "../../knowledge/import/markdown.ts"
import { placeOf } from "../../knowledge/import/place.ts"
import { readKnowledgeFile } from "../../knowledge/import/read-file.ts"
import { aFile, noAliases } from "./samples.ts"

const PLAN = `---
title: "Kế hoạch dọn đường làng năm 2026"
short_title: Kế hoạch dọn đường
issuing_body: "Ủy ban nhân dân xã Suối Trong, thành phố Hải Phòng"
number: 12/KH-UBND
date: 2026-03-22
doc_type: Kế hoạch
---

# KẾ HOẠCH
Xã tổ chức dọn đường.

## I. VIỆC PHẢI LÀM

Mỗi thôn làm **hai việc**:

- Quét đường
  vào sáng thứ Bảy;
- Trồng hoa.

### 1. Phân công

| Thôn | Người làm | Ngày |
|---|:---:|---|
| Đông | 10 | 5/4 |
| Tây |  | 6/4 |
`

const faultsOf = (source: string): readonly string[] => {
  try {
    fromMarkdown("van-ban", source)
  } catch (error) {
    if (error instanceof InvalidInputError) return error.problems.length > 0 ? error.problems : [error.message]
    throw error
  }
  return []
}

describe("a Markdown document with front matter", () => {
  it("says what it is, who issued it, when, and which place it speaks for", () => {
    expect(fromMarkdown("ke-hoach", PLAN)).toMatchObject({
      id: "ke-hoach",
      title: "Kế hoạch dọn đường làng năm 2026",
      shortTitle: "Kế hoạch dọn đường",
      number: "12/KH-UBND",
      date: "2026-03-22",
      year: 2026,
      kind: "Kế hoạch",
      place: "xã Suối Trong",
      verified: true,
    })
  })

  it("keeps every part under its headings, lists and tables readable on their own", () => {
    expect(fromMarkdown("ke-hoach", PLAN).sections).toEqual([
      { path: ["KẾ HOẠCH"], page: null, blocks: [{ kind: "paragraph", text: "Xã tổ chức dọn đường." }] },
      {
        path: ["KẾ HOẠCH", "I. VIỆC PHẢI LÀM"],
        page: null,
        blocks: [
          { kind: "paragraph", text: "Mỗi thôn làm hai việc:" },
          { kind: "item", text: "- Quét đường vào sáng thứ Bảy;" },
          { kind: "item", text: "- Trồng hoa." },
        ],
      },
      {
        path: ["KẾ HOẠCH", "I. VIỆC PHẢI LÀM", "1. Phân công"],
        page: null,
        blocks: [
          { kind: "row", text: "Thôn: Đông; Người làm: 10; Ngày: 5/4" },
          { kind: "row", text: "Thôn: Tây; Ngày: 6/4" },
        ],
      },
    ])
  })

  it.each([
    ["saved on Windows", PLAN.replaceAll("\n", "\r\n")],
    ["with a mark at the start of the file", `\ufeff${PLAN}`],
    ["written on a Mac with loose marks", PLAN.normalize("NFD")],
  ])("reads the same %s", (_how, source) => expect(fromMarkdown("ke-hoach", source)).toEqual(fromMarkdown("ke-hoach", PLAN)))

  it("may leave unknown things empty", () => {
    const source = "---\ntitle: Thông báo\nnumber: null\ndate: null\nyear: 2025\n---\nNội dung."
    expect(fromMarkdown("tb", source)).toMatchObject({ number: null, date: null, year: 2025, place: null, shortTitle: "Thông báo" })
  })

  it("may be without front matter when a heading names it", () => {
    expect(fromMarkdown("tb", "# **Nội quy** tiếp dân\n\nXin giữ trật tự.")).toMatchObject({ title: "Nội quy tiếp dân", year: null })
  })
})

describe("a Markdown document with a fault", () => {
  it.each([
    [
      "a day that does not exist",
      "---\ntitle: A\ndate: 2026-02-30\n---\nx",
      "dòng 3: date: ngày cần có thật và viết dạng năm-tháng-ngày, ví dụ 2026-03-22",
    ],
    [
      "a day written as people write it",
      "---\ntitle: A\ndate: 22/03/2026\n---\nx",
      "dòng 3: date: ngày cần có thật và viết dạng năm-tháng-ngày, ví dụ 2026-03-22",
    ],
    ["no title", "---\nnumber: 5\n---\nx", "dòng 2: title: còn thiếu"],
    ["an empty title", '---\ntitle: ""\n---\nx', "dòng 2: title: đang để trống"],
    ["a colon inside the title", "---\ntitle: Kế hoạch: dọn đường\n---\nx", "dòng 2: câu có dấu hai chấm, xin đặt cả câu trong dấu nháy"],
    ["stars around the title", "---\ntitle: *Kế hoạch*\n---\nx", "dòng 2: giá trị bắt đầu bằng dấu *, xin đặt trong dấu nháy"],
    ["front matter that is a sentence", "---\nchỉ có một câu\n---\nx", "dòng 2: mục: cần là một nhóm gồm tên trường và giá trị"],
    ["front matter that is never closed", "---\ntitle: A\n\n# B\nx", "Phần khai báo mở ở dòng 1 (---) mà không có dòng --- để đóng lại"],
    ["nothing that names it", "Chỉ có chữ.", "Tệp không có phần khai báo (---) và cũng không có tiêu đề nào (# …)"],
    ["nothing after the front matter", "---\ntitle: A\n---\n", "Văn bản không có nội dung nào sau phần khai báo"],
  ])("is told where to look: %s", (_what, source, fault) => expect(faultsOf(source)).toEqual([fault]))
})

describe("a plain text", () => {
  const TEXT = `ỦY BAN NHÂN DÂN
XÃ SUỐI TRONG

QUYẾT ĐỊNH
Về việc dọn đường làng
ở xã Suối Trong

Chương I
Điều 1. Phạm vi
Quyết định này quy định việc dọn đường
ở các thôn trong xã.
Các thôn ở xa được hỗ trợ.
Điều 2. Việc phải làm
a) Quét đường vào
sáng thứ Bảy;
b) Trồng hoa.
Điều 3. Quyết định này có hiệu lực kể từ ngày ký.
`

  const read = async (text: string) => {
    const { items, problems } = await readKnowledgeFile(await aFile("qd.txt", text), { aliases: noAliases })
    return { document: items[0]?.kind === "document" ? items[0].body : null, problems }
  }

  it("gets its headings from their numbering, and wrapped lines are joined again", async () => {
    const sections = (await read(TEXT)).document?.sections.map((s) => [s.path.at(-1), s.blocks.map((b) => `${b.kind}: ${b.text}`)])
    expect(sections?.slice(1)).toEqual([
      [
        "Điều 1. Phạm vi",
        ["paragraph: Quyết định này quy định việc dọn đường ở các thôn trong xã.", "paragraph: Các thôn ở xa được hỗ trợ."],
      ],
      ["Điều 2. Việc phải làm", ["item: a) Quét đường vào sáng thứ Bảy;", "item: b) Trồng hoa."]],
      ["Chương I", ["paragraph: Điều 3. Quyết định này có hiệu lực kể từ ngày ký."]],
    ])
  })

  it("is named by what stands under the kind of document, with its office and place", async () => {
    expect((await read(TEXT)).document).toMatchObject({
      title: "Quyết định về việc dọn đường làng ở xã Suối Trong",
      issuer: "Ủy ban nhân dân xã Suối Trong",
      place: "xã Suối Trong",
      verified: true,
    })
  })

  it("that lost its marks is not certain until somebody compared it with its scan", async () => {
    const scan = TEXT.replace(
      "Các thôn ở xa được hỗ trợ.",
      "Cac th6n & xa dwoc h6 tro theo quy dinh hién hanh ctia thanh phd vé viéc don vé sinh dwong lang ngd xom nam nay va nhirng nam sau.".repeat(
        2,
      ),
    )
    expect((await read(scan)).document).toMatchObject({ verified: false })
  })

  it("reads the same with the line ends of Windows and the loose marks of a Mac", async () => {
    expect(await read(`\ufeff${TEXT.normalize("NFD").replaceAll("\n", "\r\n")}`)).toEqual(await read(TEXT))
  })

  it("without a single letter is refused", async () => {
    expect((await read(" \n\t\n")).problems[0]).toMatch(/không thấy chữ nào trong tệp$/)
  })
})

it.each([
  ["Ủy ban nhân dân xã An Hòa, thành phố Đông Hải", "xã An Hòa"],
  ["Đảng ủy Phường Ba Đình", "phường Ba Đình"],
  ["Ban Thường vụ Huyện ủy Ba Bể", "huyện Ba Bể"],
  ["các xã, phường trong thành phố", null],
  ["Bộ Tư pháp", null],
])("the place that %s speaks for: %s", (text, place) => expect(placeOf(text)).toBe(place))
