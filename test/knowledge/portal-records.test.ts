import { describe, expect, it } from "vitest"
import { readPortalLines } from "../../knowledge/import/portal-lines.ts"
import { noAliases, portalLine, published } from "./samples.ts"

describe("whose procedure it is", () => {
  it.each([
    ["UBND tỉnh Lai Châu", "Lai Châu"],
    ["UBND Thành phố Hải Phòng", "Hải Phòng"],
    ["Ủy ban nhân dân thành phố Huế", "Huế"],
    ["Trung tâm Phục vụ hành chính công thành phố Hà Nội", "Hà Nội"],
    ["Bộ Tư pháp", null],
    ["Bộ Quốc phòng", null],
    ["Ủy ban nhân dân cấp tỉnh", null],
    [null, null],
  ])("issued by %s: %s", (issuing_agency, locality) => {
    expect(published({ issuing_agency }).locality).toBe(locality)
  })
})

describe("a record from before the two-tier government of 1/7/2025", () => {
  it.each([
    { text_quality: "legacy" },
    { source_date: "2025-06 or earlier (before the two-tier reform)" },
    { source_date: "2024-03" },
    { agency: "Ủy ban nhân dân cấp huyện" },
  ])("is marked: %j", (changes) => expect(published(changes).legacy).toBe(true))

  it.each([
    { source_date: "2026-07" },
    { source_date: "2025-12 or earlier" },
    { agency: "Ủy ban nhân dân xã; Ủy ban nhân dân cấp huyện (trước đây)" },
  ])("and a later one is not: %j", (changes) => expect(published(changes).legacy).toBe(false))
})

describe("the dossier", () => {
  const dossier = [
    { group: "* Trường hợp nuôi lần đầu:", name: "- Đơn theo mẫu", original: 1, copy: 0, forms: ["Mẫu số 01"] },
    { group: "* Trường hợp nuôi lần đầu:", name: "- Ảnh chuồng", original: 0, copy: 2 },
    { group: "Trường hợp cấp lại", name: "Giấy phép cũ", original: 1 },
    { group: "Trường hợp cấp lại", name: "Trường hợp đã nộp bản điện tử thì không phải nộp bản giấy" },
    { group: "Lưu ý", name: "Giấy tờ nước ngoài phải được dịch" },
    { group: "Lưu ý", name: "  " },
  ]

  it("says which papers belong to which case, with copies and form", () => {
    expect(published({ dossier }).dossier.slice(0, 1)).toEqual([
      {
        title: "Trường hợp nuôi lần đầu",
        papers: [
          { name: "Đơn theo mẫu", originals: 1, copies: 0, form: "Mẫu số 01", note: false },
          { name: "Ảnh chuồng", originals: 0, copies: 2, form: null, note: false },
        ],
      },
    ])
  })

  it("tells guidance from papers, so that nobody is asked to bring a note", () => {
    const papers = published({ dossier }).dossier.flatMap((c) => c.papers.map((p) => [c.title, p.note]))
    expect(papers.slice(2)).toEqual([
      ["Trường hợp cấp lại", false],
      ["Trường hợp cấp lại", true],
      ["Lưu ý", true],
    ])
  })
})

it("a record becomes what people are shown: clean text, ways of handing in, levels, own names", () => {
  const line = portalLine({
    code: " 1.900001 ",
    name: "Cấp giấy phép<br/>nuôi chim ".normalize("NFD"),
    levels: ["xa", "tinh"],
    agency: "Ủy ban nhân dân xã",
    conditions: "Không có thông tin",
    steps: "- Bước 1: nộp đơn<br>+ Bước 2: nhận giấy",
    methods: [
      { method: "Trực tiếp" },
      { method: "Trực tuyến".normalize("NFD") },
      { method: "Dịch vụ bưu chính" },
      { method: "Bồ câu đưa thư" },
    ],
    results: ["Giấy phép", ""],
    legal_basis: [
      { code: "01/2026/NĐ-CP", name: "Nghị định" },
      { code: "", name: "bỏ trống" },
    ],
    raw_url: "không phải địa chỉ",
  })
  const { items } = readPortalLines(line, (code) => (code === "1.900001" ? ["nuôi bồ câu"] : []))
  expect(items[0]?.body).toMatchObject({
    code: "1.900001",
    name: "Cấp giấy phép nuôi chim",
    aliases: ["nuôi bồ câu"],
    levels: ["commune", "province"],
    authority: "Ủy ban nhân dân xã",
    place: "Ủy ban nhân dân xã",
    conditions: [],
    steps: ["Bước 1: nộp đơn", "Bước 2: nhận giấy"],
    methods: [{ channel: "in_person" }, { channel: "online" }, { channel: "post" }],
    results: ["Giấy phép"],
    legalBasis: [{ code: "01/2026/NĐ-CP", name: "Nghị định" }],
    source: { url: null },
  })
})

describe("a file of portal records with faults", () => {
  it("names each line at fault and reads the others", () => {
    const file = [
      portalLine(),
      "{ hỏng",
      "",
      portalLine({ code: "abc" }),
      portalLine({ code: "1.900002", name: 7 }),
      "[]",
      portalLine({ code: "1.900003" }),
    ]
    const { items, problems } = readPortalLines(file.join("\r\n"), noAliases)
    expect(items.map((i) => i.key)).toEqual(["1.900001", "1.900003"])
    expect(problems).toEqual([
      "dòng 2: không phải JSON hợp lệ",
      "dòng 4: code: mã thủ tục có dạng 1.001193",
      "dòng 5: name: cần là chữ",
      "dòng 6: mục: cần là một nhóm gồm tên trường và giá trị",
    ])
  })

  it("keeps the first of two records with one code, and says where it is", () => {
    const lines = [portalLine({ name: "Bản thứ nhất" }), "", portalLine({ name: "Bản thứ hai" }), portalLine({ name: "Bản thứ ba" })]
    const { items, problems } = readPortalLines(lines.join("\n"), noAliases)
    expect(items.map((i) => i.body)).toMatchObject([{ name: "Bản thứ nhất" }])
    expect(problems).toEqual(["dòng 3: mã 1.900001 đã có ở dòng 1", "dòng 4: mã 1.900001 đã có ở dòng 1"])
  })

  it("tells all the faults of a line", () => {
    const { problems } = readPortalLines(JSON.stringify({ methods: [{}], dossier: "giấy" }), noAliases)
    expect(problems).toEqual(["dòng 1: code: còn thiếu; name: còn thiếu; dossier: cần là một danh sách; methods.0.method: còn thiếu"])
  })
})

describe("a text that is filed under the code of another procedure", () => {
  const matter = {
    steps: "Nộp bản khai",
    dossier: [{ name: "Bản khai thanh niên xung phong" }],
    receiving_address: "Tỉnh khác",
    time: "7 ngày",
  }

  it("is not told under that code: the catalogue's name stays, with what the catalogue tells of it", () => {
    const name = "Công bố danh mục thủ tục hành chính thuộc thẩm quyền của Sở Nội vụ"
    const record = published({ ...matter, name, catalog_name: "Khóa tài khoản định danh điện tử", agency: "Công an xã" })
    expect(record).toMatchObject({ name: "Khóa tài khoản định danh điện tử", place: "Công an xã", authority: "Công an xã" })
    expect(record).toMatchObject({ steps: [], dossier: [], methods: [], field: "" })
  })

  it.each([
    ["Bổ nhiệm lại Thừa phát lại", "Bổ nhiệm lại Thừa hành viên", "Bổ nhiệm lại Thừa phát lại"],
    ["Thủ tục tổ chức biểu diễn nghệ thuật", "Tổ chức biểu diễn nghệ thuật", "Thủ tục tổ chức biểu diễn nghệ thuật"],
    ["Phê duyệt dự án hỗ trợ", "Phê duyệt dự án hỗ trợ\nphát triển sản xuất", "Phê duyệt dự án hỗ trợ phát triển sản xuất"],
    ["Cấp phép nuôi chim", null, "Cấp phép nuôi chim"],
  ])("a name that was only reworded or cut keeps its text: %s, in the catalogue %s", (name, catalog_name, told) => {
    expect(published({ ...matter, name, catalog_name })).toMatchObject({ name: told, steps: ["Nộp bản khai"], place: "Tỉnh khác" })
  })
})

it("a record without ways of handing in tells its time limit, and page layout does not break its lines", () => {
  const record = published({
    time: "05 ngày làm việc.\nMức độ trực tuyến: Toàn trình.",
    text_quality: "pdf_layout",
    receiving_address: "Bộ phận một cửa thuộc Ủy ban nhân\ndân xã",
    dossier: [{ name: "Bệnh án, giấy tờ khám,\nđiều trị:\n1. Bản sao" }],
  })
  expect(record.methods).toMatchObject([{ time: { text: "05 ngày làm việc", amount: 5, unit: "working_day" }, fees: [] }])
  expect(record.place).toBe("Bộ phận một cửa thuộc Ủy ban nhân dân xã")
  expect(record.dossier[0]?.papers[0]?.name).toBe("Bệnh án, giấy tờ khám, điều trị:\n1. Bản sao")
})
