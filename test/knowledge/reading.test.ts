import { describe, expect, it } from "vitest"
import { passagesOf } from "../../knowledge/passages.ts"
import { DEFAULT_LIMITS, type ReadLimits } from "../../knowledge/reading/limits.ts"
import { PAPER_READERS } from "../../knowledge/reading/paper-readers.ts"
import { readSource } from "../../knowledge/reading/read-source.ts"
import { linesOfSheets } from "../../knowledge/reading/sheet.ts"
import { TEXT_READERS } from "../../knowledge/reading/text-readers.ts"
import { UnreadableFileError } from "../../knowledge/reading/unreadable.ts"
import { docxOf, jpegOf, pdfOf, sheetOf, xlsxOf, zipOf, type Placed } from "../support/papers.ts"

const READERS = { ...TEXT_READERS, ...PAPER_READERS }

function read(name: string, content: string | Uint8Array, limits: Partial<ReadLimits> = {}) {
  const tools = {
    limits: { ...DEFAULT_LIMITS, ...limits },
    aliases: () => [],
    onPage: () => undefined,
    readPicture: () => Promise.reject(new UnreadableFileError("no_ocr")),
  }
  return readSource({ bytes: Buffer.from(content), name, id: name.replace(/\.\w+$/, "") }, READERS, tools)
}

async function documentOf(name: string, content: string | Uint8Array) {
  const { items } = await read(name, content)
  if (items[0]?.kind !== "document") throw new Error("no document")
  return items[0].body
}

const linesIn = async (name: string, content: string | Uint8Array) =>
  (await documentOf(name, content)).sections.flatMap((s) => s.blocks.map((b) => b.text))

const at = (text: string, x: number, y: number): Placed => ({ text, x, y })

/** A plan as Nghị định 30/2020/NĐ-CP lays it out. */
const PLAN: readonly Placed[] = [
  at("ỦY BAN NHÂN DÂN", 80, 60),
  at("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 270, 60),
  at("XÃ SUỐI TRONG", 90, 78),
  at("Độc lập - Tự do - Hạnh phúc", 310, 78),
  at("Số: 12/KH-UBND", 90, 100),
  at("Suối Trong, ngày 05 tháng 3 năm 2026", 300, 100),
  at("KẾ HOẠCH", 260, 140),
  at("Dọn đường làng ngõ xóm năm 2026", 180, 160),
  at("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", 80, 190),
  at("I. MỤC ĐÍCH, YÊU CẦU", 80, 215),
  at("1. Mục đích", 80, 235),
  at("Giữ đường làng sạch sẽ, thuận lợi cho người dân đi lại. Kế hoạch này có hiệu lực", 80, 255),
  at("kể từ ngày ký.", 80, 273),
  at("II. PHÂN CÔNG", 80, 300),
  at("STT", 80, 330),
  at("Nội dung", 130, 330),
  at("Đơn vị thực hiện", 380, 330),
  at("1", 80, 350),
  at("Quét đường trục chính vào buổi sáng", 130, 350),
  at("Thôn Đông", 380, 350),
  at("thứ Bảy hằng tuần", 130, 366),
  at("2", 80, 386),
  at("Trồng hoa hai bên đường", 130, 386),
  at("Thôn Đoài", 380, 386),
  at("Nơi nhận:", 80, 600),
  at("TM. ỦY BAN NHÂN DÂN", 350, 600),
  at("- Như trên;", 80, 618),
  at("CHỦ TỊCH", 390, 618),
  at("- Lưu: VT.", 80, 634),
  at("Nguyễn Văn An", 380, 690),
  at("1", 300, 800),
]

describe("a PDF with text", () => {
  it("says what its head and its signature say, each with the words it was read from and the page", async () => {
    const { proposals, verdict } = await read("ke-hoach.pdf", await pdfOf([PLAN]))
    const found = Object.fromEntries(proposals.map((p) => [p.field, p.value]))
    expect(found).toEqual({
      number: "12/KH-UBND",
      issuer: "Ủy ban nhân dân xã Suối Trong",
      date: "2026-03-05",
      kind: "Kế hoạch",
      title: "Dọn đường làng ngõ xóm năm 2026",
      signer: "Nguyễn Văn An (Chủ tịch)",
      place: "xã Suối Trong",
      legalBasis: "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
      effectiveFrom: "2026-03-05",
      recipients: "Như trên; Lưu: VT",
    })
    expect(proposals.find((p) => p.field === "date")).toMatchObject({ quote: "Suối Trong, ngày 05 tháng 3 năm 2026", page: 1 })
    expect(verdict).toMatchObject({ passed: true, scanned: false })
  })

  it("keeps its headings, and its table row by row under the column names", async () => {
    const document = await documentOf("ke-hoach.pdf", await pdfOf([PLAN]))
    expect(document).toMatchObject({ title: "Kế hoạch Dọn đường làng ngõ xóm năm 2026", number: "12/KH-UBND", verified: true })
    expect(document.sections.map((s) => s.path.join(" > "))).toEqual(["", "I. MỤC ĐÍCH, YÊU CẦU > 1. Mục đích", "II. PHÂN CÔNG"])
    expect(document.sections[2]?.blocks.filter((b) => b.kind === "row").map((b) => b.text)).toEqual([
      "STT: 1; Nội dung: Quét đường trục chính vào buổi sáng thứ Bảy hằng tuần; Đơn vị thực hiện: Thôn Đông",
      "STT: 2; Nội dung: Trồng hoa hai bên đường; Đơn vị thực hiện: Thôn Đoài",
    ])
  })

  it("gives each passage the page on which it stands, and leaves page numbers and running titles out", async () => {
    const page = (n: number) =>
      `Ủy ban nhân dân xã Suối Trong\nĐiều ${n}. Việc thứ ${n}\nNgười dân làm việc thứ ${n} theo hướng dẫn của thôn.\n${n}`
    const document = await documentOf("qd.pdf", await pdfOf([page(1), page(2), page(3), page(4)]))
    expect(passagesOf(document).map((p) => [p.page, p.text])).toEqual(
      [1, 2, 3, 4].map((n) => [n, `Người dân làm việc thứ ${n} theo hướng dẫn của thôn.`]),
    )
  })
})

describe("a Word file", () => {
  it("keeps headings, lists and tables; the head in two columns is read column by column", async () => {
    const file = await docxOf([
      {
        table: [
          [
            "ỦY BAN NHÂN DÂN\nXÃ SUỐI TRONG\nSố: 7/TB-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSuối Trong, ngày 9 tháng 4 năm 2026",
          ],
        ],
      },
      "THÔNG BÁO",
      "Về việc thu gom rác thải cồng kềnh",
      "Ủy ban nhân dân xã thông báo như sau:",
      "I. LỊCH THU GOM",
      {
        table: [
          ["Thôn", "Ngày", "Giờ"],
          ["Thôn Đông", "Thứ Hai", "7 giờ 00"],
          ["Thôn Đoài", "Thứ Ba", "8 giờ 30"],
        ],
      },
    ])
    const document = await documentOf("thong-bao.docx", file)
    expect(document).toMatchObject({ number: "7/TB-UBND", date: "2026-04-09", kind: "Thông báo", issuer: "Ủy ban nhân dân xã Suối Trong" })
    expect(document.title).toBe("Thông báo về việc thu gom rác thải cồng kềnh")
    expect(document.sections.at(-1)?.blocks.map((b) => b.text)).toEqual([
      "Thôn: Thôn Đông; Ngày: Thứ Hai; Giờ: 7 giờ 00",
      "Thôn: Thôn Đoài; Ngày: Thứ Ba; Giờ: 8 giờ 30",
    ])
  })
})

describe("an Excel file", () => {
  it("becomes rows that read on their own", async () => {
    const file = await xlsxOf([
      ["DANH BẠ XÃ SUỐI TRONG"],
      ["STT", "Bộ phận", "Điện thoại"],
      ["1", "Một cửa", "0225 000 001"],
      ["2", "Tư pháp", "0225 000 002"],
    ])
    expect(await linesIn("danh-ba.xlsx", file)).toEqual([
      "DANH BẠ XÃ SUỐI TRONG",
      "STT: 1; Bộ phận: Một cửa; Điện thoại: 0225 000 001",
      "STT: 2; Bộ phận: Tư pháp; Điện thoại: 0225 000 002",
    ])
  })

  it("may be longer than any other", () => {
    const rows = Array.from({ length: 130_000 }, (_, i) => [`Hộ ${i + 1}`])
    expect(linesOfSheets([{ name: "Danh sách", rows, numbers: [] }])).toHaveLength(130_000)
  })

  it("in the shape of the portal's export becomes procedures, faults told by line", async () => {
    const { items, problems } = await read(
      "thu-tuc.xlsx",
      await xlsxOf([
        ["Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Thành phần hồ sơ", "Thời hạn giải quyết", "Phí, lệ phí"],
        ["1.900001", "Cấp giấy phép nuôi chim", "Nông nghiệp", "- Tờ khai\n- Giấy cam kết", "03 ngày làm việc", "8.000 đồng"],
        ["", "Thủ tục không có mã", "", "", "", ""],
      ]),
    )
    expect(items).toMatchObject([{ kind: "procedure", key: "1.900001", body: { name: "Cấp giấy phép nuôi chim" } }])
    expect(JSON.stringify(items[0])).toContain("8.000 đồng")
    expect(problems).toEqual(["dòng 3: code: mã thủ tục có dạng 1.001193"])
  })

  it("with cells that reach over several rows keeps what stands beside them, and counts rows as the sheet does", async () => {
    const { items, problems } = await read(
      "thu-tuc.xlsx",
      await xlsxOf([
        ["DANH MỤC THỦ TỤC", "", "", "", "", ""],
        ["", "", "", "", "", ""],
        ["Mã thủ tục", "Tên thủ tục", "Thành phần hồ sơ", "Cách thức thực hiện", "Thời hạn giải quyết", "Phí, lệ phí"],
        ["1.900001", "Cấp giấy phép nuôi chim", "Tờ khai", "Trực tiếp", "03 ngày làm việc", "Lệ phí: 8.000 đồng"],
        ["", "", "Giấy cam kết", "Trực tuyến", "02 ngày làm việc", "Lệ phí: 4.000 đồng"],
        ["sai mã", "Thủ tục khác", "", "", "", ""],
      ]),
    )
    expect(items).toMatchObject([
      {
        body: {
          dossier: [{ papers: [{ name: "Tờ khai" }, { name: "Giấy cam kết" }] }],
          methods: [
            { channel: "in_person", time: { text: "03 ngày làm việc" }, fees: [{ text: "Lệ phí: 8.000 đồng" }] },
            { channel: "online", time: { text: "02 ngày làm việc" }, fees: [{ text: "Lệ phí: 4.000 đồng" }] },
          ],
        },
      },
    ])
    expect(problems).toEqual(["dòng 6: code: mã thủ tục có dạng 1.001193"])
  })
})

it("a web page gives its article without menus, with its own headings", async () => {
  const html = `<!doctype html><html><head><title>Lịch tiếp công dân</title></head><body><nav><a href="/">Trang chủ</a></nav>
    <main><h1>Lịch tiếp công dân</h1><h2>Tháng 5</h2><p>Chủ tịch xã tiếp công dân vào ngày 15 hằng tháng tại trụ sở Ủy ban nhân dân xã, từ 8 giờ.</p>
    <table><tr><th>Ngày</th><th>Người tiếp</th></tr><tr><td>15/5</td><td>Chủ tịch</td></tr></table></main><footer>Bản quyền</footer><script>alert(1)</script></body></html>`
  const document = await documentOf("lich.html", html)
  expect(document.title).toBe("Lịch tiếp công dân")
  const text = JSON.stringify(document.sections)
  expect(text).toContain("Ngày: 15/5; Người tiếp: Chủ tịch")
  expect(text).not.toMatch(/Trang chủ|Bản quyền|alert/)
})

it.each([
  ["no html", "<!doctype html><title>Phí chợ</title><body onload='a>b'><h1>Phí chợ</h1><p>Mỗi ngày 5.000 đồng.</p></body>"],
  ["no head", "<html><title>Phí chợ</title><body><p>Phí chợ</p><p>Mỗi ngày 5.000 đồng.</p></body></html>"],
  ["no body", "<!DOCTYPE html>\n<HTML lang=vi>\n<HEAD><TITLE>Phí chợ</TITLE></HEAD><H1>Phí chợ</H1><P>Mỗi ngày 5.000 đồng.</HTML>"],
  ["a comment before it", "<!-- lưu từ trang xã --><html><head><title>Phí chợ</title></head><body>Mỗi ngày 5.000 đồng.</body></html>"],
  ["nothing around it", "<h1>Phí chợ</h1><p>Mỗi ngày 5.000 đồng.</p>"],
])("a web page with %s is read all the same", async (_what, html) => {
  const document = await documentOf("phi-cho.html", html)
  expect(document.title).toBe("Phí chợ")
  expect(JSON.stringify(document.sections)).toContain("Mỗi ngày 5.000 đồng.")
  expect(JSON.stringify(document.sections)).not.toContain("a>b")
})

describe("text of before Unicode", () => {
  const SENTENCE = "Ủy ban nhân dân xã thông báo lịch tiếp công dân hằng tháng để nhân dân được biết và thực hiện"
  const TCVN3 = "ñy ban nh©n d©n x· th«ng b¸o lÞch tiÕp c«ng d©n h»ng th¸ng ®Ó nh©n d©n ®­îc biÕt vµ thùc hiÖn"
  const VNI = "uûy ban nhaân daân xaõ thoâng baùo lòch tieáp coâng daân haèng thaùng ñeå nhaân daân ñöôïc bieát vaø thöïc hieän"

  it.each([
    ["UTF-16 as Notepad's “Unicode”", Buffer.from(`\ufeff${SENTENCE}`, "utf16le"), SENTENCE],
    ["UTF-16 without its mark", Buffer.from(`So 1: ${SENTENCE}`, "utf16le"), `So 1: ${SENTENCE}`],
    ["TCVN3 (.VnTime)", Buffer.from(TCVN3, "latin1"), SENTENCE.toLowerCase()],
    ["VNI-Windows", Buffer.from(VNI, "latin1"), SENTENCE.toLowerCase()],
    ["TCVN3 that was saved as UTF-8", Buffer.from(TCVN3, "utf8"), SENTENCE.toLowerCase()],
    ["UTF-8", Buffer.from(SENTENCE), SENTENCE],
  ])("%s", async (...[, bytes, text]) => expect(await linesIn("thong-bao.txt", bytes)).toEqual([text]))

  it("Windows-1258, whose marks stand behind their letters", async () => {
    // "Đăng ký kết hôn tại xã" as that code page writes it.
    const bytes = Buffer.from("d0e36e67206b79ec206beaec74 2068f46e 2074 61f2 69 2078 61de".replace(/\s/g, ""), "hex")
    expect(await linesIn("a.txt", bytes)).toEqual(["Đăng ký kết hôn tại xã"])
  })
})

describe("a file that cannot be used is explained", () => {
  const reasonOf = (given: Promise<unknown>) =>
    given.then(
      () => "read",
      (error: unknown) => (error instanceof UnreadableFileError ? error.reason : String(error)),
    )
  const wrapped = Buffer.concat([Buffer.from("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin1"), Buffer.from("EncryptedPackage", "utf16le")])
  const word = { "[Content_Types].xml": "<Types/>", "word/document.xml": "x".repeat(3_000_000) }

  it.each([
    ["empty", () => read("a.pdf", "")],
    ["too_large", () => read("a.txt", "x".repeat(2000), { maxBytes: 1000 })],
    ["encrypted", async () => read("a.pdf", await pdfOf(["Xin chào."], { password: "mat khau" }))],
    ["encrypted", () => read("a.docx", wrapped)],
    ["broken", () => read("a.pdf", "%PDF-1.7\nnothing that a reader could use")],
    ["broken", async () => read("a.docx", (await docxOf(["Xin chào."])).subarray(0, 3000).fill(0, 40, 2000))],
    ["bomb", () => read("a.docx", zipOf(word), { maxUnpackedBytes: 1_000_000 })],
    ["bomb", () => read("a.docx", zipOf({ ...word, "b.xml": "", "c.xml": "" }), { maxZipEntries: 3 })],
    ["too_many_pages", async () => read("a.pdf", await pdfOf(["Một.", "Hai.", "Ba."]), { maxPages: 2 })],
    ["image_too_large", () => read("a.jpg", jpegOf(sheetOf("Xin chào.")), { maxPixels: 100_000 })],
    ["unsupported", () => read("a.mp3", Buffer.from("ID3\x03\0\0\0"))],
    ["unsupported", () => read("a.zip", zipOf({ "anh.jpg": "x" }))],
    ["unsupported", () => read("trang.doc", "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nThông báo")],
    ["unsupported", () => read("a.doc", '<?xml version="1.0"?><w:wordDocument><w:t>Thông báo</w:t></w:wordDocument>')],
    ["rtf", () => read("a.doc", "{\\rtf1\\ansi Th\\'f4ng b\\'e1o}")],
    ["csv", () => read("a.csv", "Khoản thu,Số tiền\nPhí chợ,5000\n")],
    ["legacy_sheet", () => read("a.xls", Buffer.concat([wrapped.subarray(0, 8), Buffer.from("Workbook", "utf16le")]))],
    ["no_text", () => read("a.txt", " \n ")],
    ["no_ocr", () => read("a.jpg", jpegOf(sheetOf("Xin chào.")))],
    ["no_ocr", async () => read("a.pdf", await pdfOf([{ picture: jpegOf(sheetOf("Xin chào.")) }]))],
  ])("%s", async (reason, given) => expect(await reasonOf(given())).toBe(reason))

  it("and a name that promises something else is told, the content counts", async () => {
    const { kind, notes } = await read("ke-hoach.docx", await pdfOf([PLAN]))
    expect(kind).toBe("pdf")
    expect(notes).toEqual(["Tên tệp là Word nhưng nội dung là PDF; đã đọc theo nội dung."])
  })

  it("a scanned page among typed ones stays empty and says why, where there is no OCR", async () => {
    const { pages, verdict, items } = await read("a.pdf", await pdfOf([PLAN, { picture: jpegOf(sheetOf("Phụ lục")) }]))
    expect(pages.map((p) => [p.number, p.from, p.findings.length])).toEqual([
      [1, "text", 0],
      [2, "ocr", 1],
    ])
    expect(verdict.passed).toBe(false)
    expect(items[0]?.body).toMatchObject({ verified: false })
  })
})
