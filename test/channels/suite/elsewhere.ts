/** The test that tells a case: its file and its whole title. */
export interface Telling {
  readonly file: string
  readonly test: string
}

/** A case that belongs to one platform or to the core alone, and the tests that tell it. */
export interface Elsewhere {
  readonly number: number
  readonly title: string
  /** The channels of the table; left out: the core, which is the same for all of them. */
  readonly channels?: readonly string[]
  readonly tests: readonly Telling[]
}

const of = (file: string) => (test: string) => ({ file, test })
const outbox = of("test/bot/outbox.test.ts")
const media = of("test/bot/media.test.ts")
const types = of("test/bot/media-types.test.ts")
const forum = of("test/channels/telegram-forum.test.ts")
const oa = of("test/channels/zalo-oa.test.ts")
const zca = of("test/channels/zalo-personal.test.ts")
const defects = of("test/channels/zalo-personal-defects.test.ts")
const qr = of("test/channels/zalo-personal-qr.test.ts")
const zcaSending = of("test/channels/zalo-personal-sending.test.ts")
const OA = ["Zalo Official Account"]
const PERSONAL = ["Zalo cá nhân"]

/** CHANNELS' cases that no story of the suite tells; the names of their tests are checked to be there. */
export const ELSEWHERE: readonly Elsewhere[] = [
  {
    number: 10,
    title: "tệp mang tên giả: nhận ra theo nội dung, giữ lại, không mở",
    tests: [
      media("is held back, its false name is told, and the citizen hears how to send it"),
      media("of an iPhone is kept and shown as a file"),
      types("a name that promises something else is told, one without an ending promises nothing"),
    ],
  },
  {
    number: 16,
    title: "một tin rỗng trong lô không kéo theo các tin bên cạnh",
    channels: PERSONAL,
    tests: [
      defects("Z6: a message without content does not take its neighbours with it"),
      defects("Z6: a message without even a number is left out, and its neighbours are heard"),
    ],
  },
  {
    number: 17,
    title: "tin nằm trong lệnh mà thư viện bỏ qua vẫn được nhận một lần",
    channels: PERSONAL,
    tests: [defects("hears messages in commands that the library drops, once")],
  },
  {
    number: 39,
    title: "chạm giới hạn của cả tài khoản: chậm lại, báo cán bộ",
    tests: [
      outbox("because the whole account is over its limit keeps everybody waiting, and nobody is tried in vain"),
      zcaSending("slows down and says so when Zalo complains of too much, until a message goes out again"),
      zcaSending("answers only so many strangers a day, each as often as they ask, and alerts once"),
    ],
  },
  {
    number: 41,
    title: "nền tảng báo thành công mà không có mã tin là thất bại",
    channels: PERSONAL,
    tests: [zcaSending("tells by the outcome that %s")],
  },
  {
    number: 42,
    title: "nhắc hẹn, trả lời đã quá hạn thì bỏ, không gửi muộn",
    tests: [
      outbox("an answer that is a day late is not sent any more"),
      outbox("a reminder is not sent once its appointment is over, and one that lies ahead is, however long it has waited"),
    ],
  },
  {
    number: 46,
    title: "gửi tệp khi đường truyền đang đứt: chờ, có hạn",
    channels: PERSONAL,
    tests: [
      defects("Z9: a file waits for the socket and then goes out"),
      defects("Z9: without a socket a file is given up in time, and nothing of it was sent"),
    ],
  },
  {
    number: 47,
    title: "đứt đường truyền (1006): tự nối lại, tin lỡ được nghe một lần",
    channels: PERSONAL,
    tests: [
      defects("Z1: a socket cut with 1006 comes back by itself, and what was said meanwhile is heard once"),
      defects("Z2: however often the line breaks in a day, it comes back each time"),
    ],
  },
  {
    number: 48,
    title: "bị phiên khác thế chỗ (3000, 3003): báo cán bộ, không giành lại",
    channels: PERSONAL,
    tests: [
      zca("does not fight for the session when chat.zalo.me is opened elsewhere"),
      zca("needs a person at once when thrown out in the middle of the day"),
    ],
  },
  {
    number: 49,
    title: "phiên đăng nhập hết hạn: báo cán bộ một lần",
    channels: PERSONAL,
    tests: [
      zca("needs a person when the stored session has ended, and says so once"),
      zca("notices a session that ends in the middle of the day"),
    ],
  },
  {
    number: 50,
    title: "mã QR: hết giờ, bị từ chối, sai tài khoản, bỏ trang",
    channels: PERSONAL,
    tests: [
      qr("tells that nobody scanned in time"),
      qr("tells that the phone refused, where the library would wait for ever"),
      qr("refuses a picture that was scanned with another account"),
      qr("stops asking when the page is left"),
    ],
  },
  {
    number: 51,
    title: "cookie đã đổi được ghi lại ngay",
    channels: PERSONAL,
    tests: [zca("writes changed cookies back, and nothing when none changed")],
  },
  {
    number: 52,
    title: "token hết hạn giữa lúc gửi dồn: làm mới đúng một lần",
    channels: OA,
    tests: [
      oa("a burst of 20 answers with a token that has run out makes one renewal, and all go through"),
      oa("a refusal that comes as success is not stored, asked for once, and told to staff"),
    ],
  },
  {
    number: 55,
    title: "lỗi của đường truyền không làm sập chương trình",
    channels: PERSONAL,
    tests: [defects("Z5: errors of the socket end no process: frames of rubbish, and a server that is gone")],
  },
  {
    number: 58,
    title: "chủ đề của cán bộ trong nhóm Telegram: bị xóa, bị đóng, General, quá 20 tin một phút",
    channels: ["Telegram", "Telegram (webhook)"],
    tests: [
      forum("stands in a topic of the staff's group, with what was said before, and each new message follows"),
      forum("answers the citizen as a human, silences the assistant, and hands the chat back"),
      forum("counts only as a member of the group; General, other topics and bots are nobody's business"),
      forum("a topic that was deleted is made anew, one that was closed is opened, and nothing is lost"),
      forum("a busy morning never goes over the group's limit: what waits is told together, and all of it"),
      forum("works the same where Telegram calls us"),
    ],
  },
]
