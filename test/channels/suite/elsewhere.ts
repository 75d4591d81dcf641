/** Cases that belong to one platform or to the core alone: the test that tells them, checked to be there. */
export const ELSEWHERE: readonly { readonly number: number; readonly title: string; readonly file: string; readonly test: string }[] = [
  { number: 39, title: "Giới hạn của cả tài khoản", file: "test/bot/outbox.test.ts", test: "because the whole account is over its limit" },
  {
    number: 42,
    title: "Nhắc hẹn quá hạn thì bỏ",
    file: "test/bot/outbox.test.ts",
    test: "an answer that is a day late is not sent any more",
  },
  {
    number: 43,
    title: "Dừng giữa các phần thì gửi tiếp phần sau",
    file: "test/bot/outbox.test.ts",
    test: "in full goes on with the part that is missing",
  },
]
