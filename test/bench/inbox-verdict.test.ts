import { expect, it } from "vitest"
import { type Evidence, judge } from "../../bench-inbox-verdict.ts"
import { openPlatform } from "../../bench-platform.ts"

const answers = new Map([
  ["khai sinh", "Đăng ký khai sinh: miễn phí."],
  ["kết hôn", "Đăng ký kết hôn: 30.000 đồng."],
])
const INTRODUCTION = "Xin chào, tôi là trợ lý ảo."
const asked = (updateId: number, chatId: number, text: string) => ({
  updateId,
  chatId,
  text,
  saidAt: updateId * 10,
  acceptedAt: updateId * 10 + 5,
})
const handed = [asked(0, 7, "khai sinh"), asked(1, 8, "khai sinh"), asked(2, 7, "kết hôn")]
const told = (chatId: number, question: string, at: number) => ({ chatId, text: `${answers.get(question) ?? question}\n1. Hồ sơ`, at })
const well = [{ chatId: 7, text: INTRODUCTION, at: 20 }, told(7, "khai sinh", 25), told(8, "khai sinh", 26), told(7, "kết hôn", 47)]
const verdictOf = (given: Partial<Evidence>) =>
  judge({ handed, sendings: well, answers, unknown: new Set(), waiting: new Set(), courtesies: new Set([INTRODUCTION]), ...given })

it("every message answered once is all well, and the times are from the confirmation and from the writing", () => {
  expect(verdictOf({})).toEqual({
    ...{
      accepted: 3,
      answered: 3,
      lost: 0,
      waiting: 0,
      twice: 0,
      unknown: 0,
      unknownArrived: 0,
      unknownTwice: 0,
      disordered: 0,
      strange: 0,
    },
    ...{ fromAccepted: [20, 11, 22], fromSaid: [25, 16, 27] },
  })
})

it("a message without an answer is lost, unless the product knows that it cannot know, or has it still before it", () => {
  const sendings = well.slice(0, 3)
  expect(verdictOf({ sendings })).toMatchObject({ answered: 2, lost: 1, unknown: 0 })
  expect(verdictOf({ sendings, unknown: new Set([2]) })).toMatchObject({ lost: 0, unknown: 1, unknownArrived: 0 })
  expect(verdictOf({ sendings, waiting: new Set([2]) })).toMatchObject({ lost: 0, waiting: 1, answered: 2 })
})

it("an answer or an introduction that comes again is told, apart where the product could not know", () => {
  const sendings = [...well, told(8, "khai sinh", 60)]
  expect(verdictOf({ sendings })).toMatchObject({ twice: 1, answered: 3 })
  expect(verdictOf({ sendings, unknown: new Set([1]) })).toMatchObject({ twice: 0, unknownArrived: 1, unknownTwice: 1 })
  expect(verdictOf({ sendings: [...well, { chatId: 7, text: INTRODUCTION, at: 70 }] })).toMatchObject({ twice: 1 })
})

it("answers in the wrong order and words that nobody asked for are told", () => {
  const [introduction, birth, other, marriage] = well
  expect(verdictOf({ sendings: [introduction, marriage, birth, other].filter((one) => one !== undefined) })).toMatchObject({
    disordered: 1,
  })
  expect(verdictOf({ sendings: [...well, told(8, "kết hôn", 80)] })).toMatchObject({ strange: 1 })
})

it("the platform keeps a message until what comes after it is asked for", async () => {
  const platform = await openPlatform("1:x", () => undefined)
  const poll = async (offset: number) => {
    const body = JSON.stringify({ offset, timeout: 0 })
    const response = await fetch(`${platform.root}/bot1:x/getUpdates`, { method: "POST", body })
    return ((await response.json()) as { result: { update_id: number }[] }).result.map(({ update_id }) => update_id)
  }
  platform.says(7, "khai sinh")
  platform.says(8, "khai sinh")
  expect(await poll(0)).toEqual([0, 1])
  expect(await poll(0)).toEqual([0, 1])
  expect(await poll(1)).toEqual([1])
  expect(platform.handed.map(({ acceptedAt }) => acceptedAt !== null)).toEqual([true, false])
  await platform.close()
})
