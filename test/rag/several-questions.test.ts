import { describe, expect, it } from "vitest"
import { questionsOf } from "../../rag/understand/clauses.ts"
import { fold } from "../../rag/vietnamese/fold.ts"
import { BIRTH, BUILDING, COPY, MARRIAGE, openCommune, read } from "./small-commune.ts"

const { ask } = await openCommune()

describe("several questions in one message", () => {
  it.each([
    { message: "làm giấy khai sinh cần gì với xin phép xây nhà hết bao nhiêu tiền", first: BIRTH, second: BUILDING, words: "65.000 đồng" },
    { message: "Sao y bản chính ở đâu? Đăng ký kết hôn cần giấy tờ gì?", first: COPY, second: MARRIAGE, words: "Tờ khai đăng ký kết hôn" },
  ])("are each answered under their own heading: “$message”", async ({ message, first, second, words }) => {
    for (const written of [message, fold(message)]) {
      const answer = await ask(written)
      expect(answer).toMatchObject({ status: "answered", procedure: { code: first }, context: { procedureCode: first } })
      expect(answer.candidates.slice(0, 2).map((c) => c.code)).toEqual([first, second])
      expect(new Set(answer.citations.map((c) => c.sourceId))).toEqual(new Set([first, second]))
      expect(answer.text.indexOf(`(mã thủ tục ${first})`)).toBeLessThan(answer.text.indexOf(`(mã thủ tục ${second})`))
      expect(answer.text.slice(answer.text.indexOf(second))).toContain(words)
      expect(answer.text.match(/^Nguồn: /gm)).toHaveLength(2)
      expect(answer.choices.map((c) => c.id)).toContain(`p:${second}`)
    }
  })

  it.each([
    "đăng ký kết hôn cần gì, bao lâu, ở đâu",
    "Bố em mới mất tuần trước, em ở xa mới về, giờ làm giấy chứng tử thì cần giấy tờ gì",
    "xin phép xây nhà và sửa bếp cần gì",
  ])("are not made of one question with its story: “%s”", (message) => {
    expect(questionsOf(message, read)).toEqual([message])
  })

  it("are at most three", () => {
    const message = "khai sinh cho con cần gì, đăng ký kết hôn bao lâu, xin phép xây nhà ở đâu, sao y bản chính bao nhiêu tiền"
    expect(questionsOf(message, read)).toHaveLength(3)
  })
})
