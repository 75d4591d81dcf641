import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readDemo } from "../../knowledge/demo.ts"
import { countSyllables } from "../../knowledge/quality/count-syllables.ts"
import { packModel, unpackModel } from "../../knowledge/quality/diacritics-model.ts"
import { judgeDocument, judgePage, PASS } from "../../knowledge/quality/gate.ts"
import { loadDiacritics, restoreDiacritics } from "../../knowledge/quality/restore.ts"
import { isSyllable, unmarked } from "../../knowledge/quality/spelling.ts"

const GOOD = `Ủy ban nhân dân xã Suối Trong thông báo lịch thu gom rác thải cồng kềnh năm 2026. Các hộ gia đình tập kết rác tại nhà văn hóa thôn
trước 7 giờ sáng thứ Bảy hằng tuần. Trưởng thôn có trách nhiệm đôn đốc, nhắc nhở nhân dân thực hiện đúng quy định; báo cáo kết quả về
UBND xã qua đường dây nóng 0225 000 000. Kinh phí hỗ trợ mỗi thôn là 1.500.000 đồng một năm (theo QĐ số 12/QĐ-UBND).`
/** The same as a scanner without Vietnamese reads it. */
const SCANNED = `Uy ban nhan dan xi Sudi Trong thdng bao lich thu gom rac thai cdng kénh nim 2026. Cac hd gia dinh tap két rac tai nha vin héa thdn
truéc 7 gid sang thi Bay hing tuan. Truéng thdn cé trach nhiém d6n ddc, nhic nhé nhan dan thuc hién ding quy dinh; bao cao két qua vé
UBND x4 qua dwong day néng 0225 000 000. Kinh phi hd trg mdi thdn 13 1.500.000 déng mdt nam (theo QD sé 12/QD-UBND).`

const judged = (text: string, confidence: number | null = null) => judgePage({ text, confidence })

describe("the quality of a text", () => {
  it("passes typed Vietnamese, its abbreviations and figures too", () => {
    expect(judged(GOOD)).toMatchObject({ score: 1, findings: [] })
    expect(judged(GOOD.toUpperCase()).score).toBeGreaterThanOrEqual(PASS)
  })

  it("catches a scan without Vietnamese and shows examples", () => {
    const { score, findings } = judged(SCANNED)
    expect(score).toBeLessThan(0.3)
    expect(findings.join(" ")).toMatch(/không phải tiếng Việt, ví dụ: “.+”.*Chữ mất dấu/)
  })

  it("catches text that has good syllables but no marks", () => {
    const bare = "Ban nay la dan lang ta di lam hai tay hai vai lo lang cho con. ".repeat(5)
    expect(judged(bare)).toMatchObject({ score: 0 })
  })

  it("catches columns that fell apart, strange characters, and OCR that was not sure", () => {
    expect(judged(GOOD.split(/\s+/).join("\n")).findings.join()).toContain("Cột hoặc dòng bị vỡ")
    expect(judged(GOOD.replaceAll(" ", " ~| ")).findings.join()).toContain("ký tự lạ")
    expect(judged(GOOD, 0.5).findings.join()).toContain("độ tin cậy 50%")
  })

  it("of a document is as good as its worst page, and says which", () => {
    const page = (number: number, text: string) => ({ ...judged(text), number, from: "text" as const })
    const verdict = judgeDocument([page(1, GOOD), page(2, SCANNED), page(3, "Hình 1")])
    expect(verdict.passed).toBe(false)
    expect(verdict.findings.every((finding) => finding.startsWith("Trang 2: "))).toBe(true)
    expect(judgeDocument([page(1, GOOD), page(2, "Hình 1")])).toMatchObject({ passed: true, score: 1 })
  })

  it("is full marks for every record of the demo commune", async () => {
    const texts = (await readDemo()).flatMap(({ kind, body }) => (kind === "procedure" ? [[body.name, ...body.steps].join("\n")] : []))
    expect(texts.length).toBeGreaterThan(50)
    expect(texts.filter((text) => (judged(text).score ?? 1) < PASS)).toEqual([])
  })
})

it.each([
  ["hoạch", true],
  ["nghiêng", true],
  ["quyết", true],
  ["gì", true],
  ["giếng", true],
  ["khuỷu", true],
  ["thuở", true],
  ["Đắk", true],
  ["ĐỀ", true],
  ["hoà", true],
  ["hoach", false],
  ["hién", false],
  ["dwng", false],
  ["cdng", false],
  ["quyén", false],
  ["title", false],
  ["chỉnhh", false],
])("“%s” is a Vietnamese syllable: %s", (word, verdict) => expect(isSyllable(word)).toBe(verdict))

describe("marks that a scan lost", () => {
  const model = loadDiacritics()

  it("are put back by the neighbours, each change with its place and confidence; figures stay", () => {
    const bare = "Nguoi dan nop ho so tai Trung tam phuc vu hanh chinh cong, le phi 8.000 dong."
    const { text, changes } = restoreDiacritics(bare, model)
    expect(text).toBe("Người dân nộp hồ sơ tại Trung tâm phục vụ hành chính công, lệ phí 8.000 đồng.")
    for (const { at, before, confidence } of changes) {
      expect(bare.slice(at, at + before.length)).toBe(before)
      expect(confidence).toBeGreaterThan(0)
      expect(confidence).toBeLessThanOrEqual(1)
    }
  })

  it("leaves good text alone", () => {
    expect(restoreDiacritics("Người dân nộp hồ sơ tại xã.", model)).toEqual({ text: "Người dân nộp hồ sơ tại xã.", changes: [] })
  })

  it("distrusts the marks of a scanner without Vietnamese when told to, and keeps capitals", () => {
    expect(restoreDiacritics("QUYET ĐINH cua Uy ban nhan dan", model, { all: true }).text).toBe("QUYẾT ĐỊNH của Ủy ban nhân dân")
  })

  it("come back right in at least nine of ten syllables of an invented notice", () => {
    const words = GOOD.toLowerCase().split(/\s+/)
    const restored = restoreDiacritics(unmarked(GOOD), model).text.split(/\s+/)
    const right = words.filter((word, i) => word === restored[i]).length / words.length
    expect(right).toBeGreaterThanOrEqual(0.9)
  })

  it("never change anything but letters, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const given = text.normalize("NFC")
        const { text: restored } = restoreDiacritics(given, model, { all: true })
        expect(restored.replace(/[\p{L}\p{M}]/gu, "")).toBe(given.replace(/[\p{L}\p{M}]/gu, ""))
      }),
    )
  })

  it("are learnt from any text, and a model that was packed reads the same", () => {
    const counts = countSyllables(["nuôi chim bồ câu ở sân nhà", "bồ câu bay về sân"], { syllable: 1, pair: 1, triple: 1, maxTriples: 100 })
    const own = unpackModel(packModel(counts))
    expect(restoreDiacritics("bo cau bay", own).text).toBe("bồ câu bay")
    expect(own.pair(own.syllables.indexOf("bồ"), own.syllables.indexOf("câu"))).toBeCloseTo(Math.log(2), 1)
  })
})
