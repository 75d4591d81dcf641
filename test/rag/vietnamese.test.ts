import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fold, hasMarks, tidy } from "../../rag/vietnamese/fold.ts"
import { splitSentences } from "../../rag/vietnamese/sentences.ts"
import { foldedSyllables, tokenize } from "../../rag/vietnamese/syllables.ts"
import { newToneMarks } from "../../rag/vietnamese/tone.ts"

const words = (text: string) => tokenize(text).map((token) => token.text)
const sentences = (text: string) => splitSentences(text).map((sentence) => sentence.text)

describe("taking the marks away", () => {
  it.each([
    ["Đăng ký khai sinh", "dang ky khai sinh"],
    ["ĐƯỜNG ĐỘC LẬP", "duong doc lap"],
    ["Uỷ ban, thuỷ lợi, nghĩa vụ", "uy ban, thuy loi, nghia vu"],
    ["5049/QĐ-UBND", "5049/qd-ubnd"],
    ["", ""],
  ])("turns “%s” into “%s”, however the letters are stored", (written, plain) => {
    expect(fold(written.normalize("NFC"))).toBe(plain)
    expect(fold(written.normalize("NFD"))).toBe(plain)
  })

  it("changes nothing a second time", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => fold(fold(text)) === fold(text)))
  })

  it("notices a message with marks, the single đ included, and one without", () => {
    for (const text of ["lệ phí", "lệ phí".normalize("NFD"), "di đau", "Đ"]) expect(hasMarks(text)).toBe(true)
    for (const text of ["le phi", "8.000", "", "QD-UBND"]) expect(hasMarks(text)).toBe(false)
  })
})

it("tidying joins letters and marks, and drops what nobody sees", () => {
  expect(tidy("  khai\u200b\u00a0 sinh\n\tmuộn ".normalize("NFD"))).toBe("khai sinh muộn")
  expect(tidy("\ufeff \u2060")).toBe("")
})

describe("the two ways of placing a tone mark", () => {
  it.each([
    ["hoà giải", "hòa giải"],
    ["thuỷ lợi", "thủy lợi"],
    ["uỷ ban", "ủy ban"],
    ["khoẻ mạnh", "khỏe mạnh"],
    ["hoạ sĩ", "họa sĩ"],
    ["HOÀ BÌNH", "HÒA BÌNH"],
  ])("spell the same word: “%s” is “%s”", (old, now) => {
    expect(newToneMarks(old)).toBe(now)
    expect(newToneMarks(old.normalize("NFD"))).toBe(now)
    expect(newToneMarks(now)).toBe(now)
  })

  it.each(["quý", "quỹ", "quả", "hoàn", "thuế", "huệ", "tuần", "của", "mùa", "toán", "khuyết", "giấy"])("leave “%s” as it is", (word) => {
    expect(newToneMarks(word)).toBe(word)
  })
})

describe("cutting a message into words", () => {
  it.each([
    ["5049/QĐ-UBND", "5049/qđ-ubnd"],
    ["1.001193", "1.001193"],
    ["1.001193.000.00.00.H24", "1.001193.000.00.00.h24"],
    ["8.000", "8.000"],
    ["01/7/2025", "01/7/2025"],
    ["10,5%", "10,5%"],
    ["07:30", "07:30"],
  ])("keeps “%s” whole", (written, token) => {
    expect(words(`theo ${written} thì sao`)).toEqual(["theo", token, "thì", "sao"])
  })

  it("does not take the full stop after a figure with it", () => {
    expect(words("Lệ phí 8.000. Nộp tại xã.")).toEqual(["lệ", "phí", "8.000", "nộp", "tại", "xã"])
  })

  it("parts words that a slash or hyphen joins", () => {
    expect(words("cha/mẹ, đất-nhà")).toEqual(["cha", "mẹ", "đất", "nhà"])
  })

  it("marks where a clause or list item ends", () => {
    const broken = tokenize("khai sinh, khai tử\nkết hôn (muộn)").filter((token) => token.breakBefore)
    expect(broken.map((token) => token.text)).toEqual(["khai", "kết", "muộn"])
  })

  it("finds no word in marks and pictures", () => {
    expect(words("!!! … 🙂 -- “”")).toEqual([])
  })

  it("reads old tone marks, capitals and parted letters as one word", () => {
    expect(words("UỶ uỷ Ủy ủy".normalize("NFD"))).toEqual(["ủy", "ủy", "ủy", "ủy"])
    expect(foldedSyllables("Uỷ ban")).toEqual(["uy", "ban"])
  })

  it("tells for each word where it stands, in any text", () => {
    const piece = fc.constantFrom("hoà", "thuỷ ", "Đăng ký", "8.000", "5049/QĐ-UBND", " ", ", ", "\n", "🙂", "cha/mẹ", "(", "x", "1.001193")
    const text = fc.oneof(
      fc.array(piece).map((parts) => parts.join("")),
      fc.string({ unit: "grapheme" }),
    )
    fc.assert(
      fc.property(text, fc.constantFrom("NFC", "NFD"), (given, form) => {
        const written = given.normalize(form)
        let last = 0
        for (const { text: word, folded, start, end } of tokenize(written)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(newToneMarks(written.slice(start, end).toLowerCase())).toBe(word)
          expect(folded).toBe(fold(word))
          last = end
        }
        // Nothing with a letter or a figure in it is left out.
        const gaps = tokenize(written).reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), written)
        expect(gaps).not.toMatch(/[\p{L}\p{N}]/u)
      }),
    )
  })
})

describe("cutting a text into sentences", () => {
  it.each([
    ["an abbreviated city", "Nộp tại TP. Hải Phòng trong giờ làm việc."],
    ["a numbered heading", "1. Mục đích của kế hoạch"],
    ["a lettered item", "a. Người cao tuổi"],
    ["a Roman heading", "IV. Tổ chức thực hiện"],
    ["an amount", "Lệ phí 8.000 đồng, quá 10.5 trang thu thêm"],
  ])("leaves %s in one piece", (_, text) => {
    expect(sentences(text)).toEqual([text])
  })

  it("parts sentences, questions and list items", () => {
    expect(sentences("Nộp hồ sơ. Nhận giấy hẹn! Khi nào có? Ba ngày…")).toEqual(["Nộp hồ sơ.", "Nhận giấy hẹn!", "Khi nào có?", "Ba ngày…"])
    expect(sentences("Hồ sơ gồm:\n- Tờ khai;\n- Giấy chứng sinh.")).toEqual(["Hồ sơ gồm:", "- Tờ khai;", "- Giấy chứng sinh."])
    expect(sentences("Năm 2025. Năm 2026.")).toEqual(["Năm 2025.", "Năm 2026."])
  })

  it("takes the closing quotation mark along", () => {
    expect(sentences("Ghi “đã nhận.” Rồi ký.")).toHaveLength(2)
  })

  it("loses nothing but spaces, and tells where each stands", () => {
    const piece = fc.constantFrom("Nộp hồ sơ", ". ", "TP. ", "8.000 đồng", "\n", "1. ", "; ", " ", "…", "a) ", "?", "  ")
    fc.assert(
      fc.property(
        fc.array(piece).map((parts) => parts.join("")),
        (text) => {
          const found = splitSentences(text)
          for (const { text: sentence, start, end } of found) expect(text.slice(start, end)).toBe(sentence)
          expect(
            found
              .map((s) => s.text)
              .join("")
              .replace(/\s/g, ""),
          ).toBe(text.replace(/\s/g, ""))
        },
      ),
    )
  })
})
