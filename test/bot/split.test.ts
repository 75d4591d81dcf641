import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { splitText } from "../../bot/split.ts"

const piece = fc.constantFrom(
  "Người dân nộp hồ sơ.",
  "Phí 8.000 đồng/bản",
  "090 123 4567",
  "https://dichvucong.gov.vn/p/home?a=1.2&b=3",
  "👨‍👩‍👧",
  "🙂",
  "é".normalize("NFD"),
  "\n",
  "\n\n",
  " ",
  "  ",
  "1. ",
  "15/02/2026",
  "…",
  "x".repeat(30),
  "!",
  "Thủ tục",
)
const texts = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.string({ unit: "binary", maxLength: 300 }),
)

describe("a long answer is cut into parts", () => {
  it("which joined are the answer, and of which none is too long or cuts a sign in two", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 80 }), (text, limit) => {
        const parts = splitText(text, limit)
        expect(parts.join("")).toBe(text)
        expect(parts.length).toBeGreaterThan(0)
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit)
        for (const part of parts.slice(1)) expect(part).not.toBe("")
        const wellFormed = !/\p{Surrogate}/u.test(text)
        if (wellFormed) for (const part of parts) expect(part).not.toMatch(/\p{Surrogate}/u)
      }),
    )
  })

  it("never inside a web address or a number that fits into a part", () => {
    const whole = fc.constantFrom("https://dichvucong.gov.vn/p/home.html?ma=1.001193", "8.000.000", "090 123 4567", "15/02/2026")
    fc.assert(
      fc.property(fc.array(fc.oneof(whole, fc.constant("giấy")), { maxLength: 40 }), fc.integer({ min: 60, max: 120 }), (words, limit) => {
        const parts = splitText(words.join(" và "), limit)
        const found = parts.flatMap((part) =>
          part
            .trim()
            .split(" và ")
            .map((word) => word.replace(/^và | và$/g, "").trim()),
        )
        expect(found.filter((word) => word !== "" && word !== "và")).toEqual(words)
      }),
    )
  })

  it("after a paragraph, else a sentence, else a word", () => {
    expect(splitText("Cần mang: tờ khai.\nNộp tại: Ủy ban.", 25)).toEqual(["Cần mang: tờ khai.\n", "Nộp tại: Ủy ban."])
    expect(splitText("Cần mang tờ khai. Nộp tại Ủy ban.", 25)).toEqual(["Cần mang tờ khai. ", "Nộp tại Ủy ban."])
    expect(splitText("Cần mang tờ khai và giấy chứng sinh", 20)).toEqual(["Cần mang tờ khai và ", "giấy chứng sinh"])
  })

  it("not at all when it fits exactly", () => {
    expect(splitText("a".repeat(4096), 4096)).toHaveLength(1)
    expect(splitText("🙂".repeat(2048), 4096)).toHaveLength(1)
    expect(splitText(`a${"🙂".repeat(2048)}`, 4096)).toEqual([`a${"🙂".repeat(2047)}`, "🙂"])
    expect(splitText("", 10)).toEqual([""])
  })
})
