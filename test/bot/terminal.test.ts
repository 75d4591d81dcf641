import { expect, it } from "vitest"
import { printAnswer } from "../../bot/channels/terminal/print-answer.ts"
import { toPublicAnswer } from "../../bot/public-answer.ts"
import { answerOf } from "../support/house.ts"

const answer = toPublicAnswer(
  answerOf(
    { text: "" },
    {
      text: "Lệ phí: 8.000 đồng\u001b[2J",
      ms: 6.6,
      procedure: { code: "1.001193", name: "Đăng ký khai sinh" },
      choices: [{ id: "a", label: "Hồ sơ cần mang" }],
      citations: [
        {
          sourceId: "s",
          title: "Quyết định 1",
          section: "Mục 2",
          page: 3,
          quote: "8.000 đồng",
          url: "https://example.vn",
        },
      ],
    },
  ),
)

it("an answer on the terminal shows the words, the choices and where they stand", () => {
  expect(printAnswer(answer, { colour: false })).toBe(
    [
      "Đăng ký khai sinh (1.001193)",
      "",
      "Lệ phí: 8.000 đồng[2J",
      "",
      "Có thể hỏi tiếp:",
      "  1. Hồ sơ cần mang",
      "",
      "Trích dẫn:",
      "  - Quyết định 1, Mục 2, trang 3, https://example.vn",
      "",
      "[answered, 7 ms]",
    ].join("\n"),
  )
})

it("colour is only for a screen", () => {
  expect(printAnswer(answer, { colour: true })).toContain("\u001b[1mĐăng ký khai sinh")
  expect(printAnswer(answer, { colour: false })).not.toContain("\u001b")
})
