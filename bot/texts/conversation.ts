import type { Place } from "../message.ts"
import type { Wordless } from "../dialogue/reading.ts"

/** What the conversation must know of the commune that it speaks for. */
export interface Commune {
  readonly name: string
  readonly hotline: string | null
  readonly hours: string | null
  /** One sentence: this is a virtual assistant which uses artificial intelligence. */
  readonly disclosure: string
}

/** Every word that the conversation itself says; what is said about procedures stands with the answers. */
export interface ConversationTexts {
  greeting(commune: Commune): string
  /** Said once before the first answer where the channel does not say it itself. */
  introduction(commune: Commune): string
  /** Replies to what came without words. */
  wordless: Readonly<Record<Wordless, string>>
  /** Said before an answer that comes much later than the question. */
  late: string
  /** The question is so old that a human looks at it. */
  tooLate(commune: Commune): string
  /** A question came while the one before is still being worked on. */
  patience: string
  /** A human held the chat and has gone; the assistant is back. */
  handedBack: string
  /** The officer has not written for long; the assistant is back. */
  holdExpired(commune: Commune): string
  /** A photo or file that was sent could not be kept: larger than `limitMb` megabytes, not to be had, of a type that is not taken. */
  mediaFailed: { tooLarge(limitMb: number): string; gone: string; notAllowed: string }
  tooLong(p: { limit: number; commune: Commune }): string
  tooMany(commune: Commune): string
  /** Too many people write at once. */
  crowded(commune: Commune): string
  choiceClosed: string
  /** The same words again and again: the answer stands above. */
  repeated: string
  /** A number was typed that stands before none of so many choices. */
  noSuchChoice(choices: number): string
  /** A telephone number was given to be told of news, or is to be forgotten. */
  phone: { kept: string; forgotten: string }
  unexpected(p: { commune: Commune; code: string }): string
  /** Introduces the numbered list of choices. */
  chooseBelow: string
  /** The same where the platform has no buttons. */
  chooseByNumber: string
  /** What the menu of a chat offers. */
  commands: Readonly<Record<"start" | "trogiup", string>>
  /** Who the assistant is where several speak. */
  assistant: string
  /** What staff read where a citizen said nothing in words. */
  heard: Readonly<Record<"start" | "choice" | "forget" | Wordless, string>>
  /** What staff read of an account that is asked more than it answers. */
  crowdedAccount(p: { putOff: number }): string
  /** Where the citizen is, for staff to find it on a map: degrees north and east. */
  heardPlace(place: Place): string
  api: ApiTexts
}

/** Faults of a request to the web chat, in words for the page to show. */
export interface ApiTexts {
  invalidJson: string
  invalidInput: string
  textMissing: string
  textEmpty: string
  textTooLong(limit: number): string
  invalidId(name: string): string
  invalidVerdict: string
  tooLarge: string
  wrongType: string
  wrongMethod: string
  unknownPath: string
  answerNotFound: string
  rateLimited: string
  tooManyStreams: string
  timeout: string
  stopping: string
  unexpected: string
  /** An officer holds the chat: the message lies before them. */
  passedOn: string
  /** Something without words was stored, and nothing else is to be said. */
  kept: string
  invalidLocation: string
  noUploads: string
  fileMissing: string
  wrongUploadType: string
  uploadTooLarge(limitMb: number): string
  uploadsBusy: string
}

const wayOn = ({ hotline, hours }: Commune): string =>
  hotline === null ? "" : ` Cần gấp, xin gọi đường dây nóng ${hotline} ạ.${hours === null ? "" : ` ${hours.replace(/\.*$/, ".")}`}`

const PRIVACY = "Để bảo vệ thông tin của mình, xin ông/bà không gửi số căn cước, ảnh giấy tờ, mật khẩu, mã OTP vào đây."

export const vi: ConversationTexts = {
  greeting: (commune) =>
    [
      `Xin chào ông/bà! ${commune.disclosure}`,
      `Trợ lý của ${commune.name} có thể giúp ông/bà hỏi về thủ tục hành chính: giấy tờ cần mang, nơi nộp, thời hạn, phí và lệ phí.`,
      "Ông/bà cứ nhắn điều cần hỏi, có dấu hay không dấu đều được ạ. Ví dụ: làm giấy khai sinh cần gì?",
      PRIVACY,
    ].join("\n"),
  introduction: (commune) => `Xin chào ông/bà! ${commune.disclosure}\n${PRIVACY}`,
  wordless: {
    image: "Cảm ơn ông/bà, trợ lý đã lưu ảnh để cán bộ xem. Ông/bà nhắn giúp vài chữ (không cần dấu): ảnh này về việc gì, ở đâu ạ?",
    video: "Cảm ơn ông/bà, trợ lý đã lưu đoạn phim để cán bộ xem. Ông/bà nhắn giúp vài chữ (không cần dấu): việc này là gì, ở đâu ạ?",
    voice:
      "Cảm ơn ông/bà, trợ lý đã lưu lời ghi âm để cán bộ nghe. Trợ lý chưa nghe được, ông/bà nhắn giúp điều cần hỏi bằng chữ (không cần dấu) thì được trả lời ngay ạ.",
    file: "Cảm ơn ông/bà, trợ lý đã lưu tệp để cán bộ xem. Ông/bà nhắn giúp vài chữ (không cần dấu): tệp này về việc gì ạ?",
    sticker: "Trợ lý xin sẵn lòng. Ông/bà nhắn điều cần hỏi bằng chữ (không cần dấu), ví dụ: làm giấy khai sinh cần gì?",
    location: "Cảm ơn ông/bà, trợ lý đã lưu vị trí. Ông/bà nhắn giúp việc cần hỏi hoặc cần báo ở nơi này ạ.",
    contact:
      "Cảm ơn ông/bà. Trợ lý không giữ số điện thoại gửi ở đây; khi cần, cán bộ sẽ xin phép hỏi. Ông/bà nhắn giúp điều cần hỏi bằng chữ (không cần dấu) ạ.",
    opaque:
      "Xin lỗi ông/bà, trợ lý hiện chỉ đọc được tin nhắn chữ. Ông/bà nhắn giúp nội dung bằng chữ (không cần dấu), hoặc nhắn “gặp cán bộ” ạ.",
    empty: "Xin lỗi ông/bà, tin nhắn vừa rồi không có chữ. Ông/bà nhắn giúp điều cần hỏi bằng chữ (không cần dấu) ạ.",
  },
  late: "Xin lỗi đã để ông/bà chờ lâu: hệ thống vừa bị gián đoạn, nay trợ lý xin trả lời ạ.",
  tooLate: (commune) =>
    `Xin lỗi ông/bà, tin nhắn này đến lúc hệ thống đang gián đoạn nên chưa được trả lời kịp. Câu hỏi đã được chuyển để cán bộ xem. Nếu vẫn cần ngay, ông/bà nhắn lại giúp, trợ lý sẽ trả lời liền ạ.${wayOn(commune)}`,
  patience: "Trợ lý đang tra cứu câu hỏi trước, xin ông/bà chờ giây lát. Câu vừa gửi sẽ được trả lời ngay sau đó ạ.",
  handedBack:
    "Xin cảm ơn ông/bà đã trao đổi. Trợ lý tự động sẽ tiếp tục hỗ trợ từ đây. Nếu chưa rõ, ông/bà nhắn “gặp cán bộ” bất cứ lúc nào ạ.",
  holdExpired: (commune) =>
    `Xin lỗi ông/bà, cán bộ chưa trả lời tiếp được. Trợ lý tự động sẽ hỗ trợ từ đây; cần cán bộ, ông/bà nhắn “gặp cán bộ” ạ.${wayOn(commune)}`,
  mediaFailed: {
    tooLarge: (limitMb) =>
      `Xin lỗi ông/bà, trợ lý chưa lưu được tệp vừa gửi vì tệp lớn quá ${thousands(limitMb)} MB. Ông/bà gửi giúp ảnh chụp hoặc tệp nhỏ hơn ạ.`,
    gone: "Xin lỗi ông/bà, trợ lý chưa tải được ảnh hoặc tệp vừa gửi nên cán bộ chưa xem được. Ông/bà gửi lại giúp ạ.",
    notAllowed:
      "Xin lỗi ông/bà, vì an toàn, trợ lý chỉ nhận ảnh, đoạn phim, ghi âm, tệp PDF, Word, Excel, PowerPoint không có macro. Tệp vừa gửi chưa đúng các loại này; ông/bà gửi lại giúp bằng ảnh chụp hoặc tệp PDF ạ.",
  },
  tooLong: ({ limit, commune }) =>
    `Cảm ơn ông/bà. Nội dung đã được lưu lại đầy đủ, nhưng xin lỗi ông/bà, trợ lý chưa trả lời được tin dài hơn ${thousands(limit)} ký tự. Ông/bà tóm tắt giúp điều cần hỏi trong vài câu ạ.${wayOn(commune)}`,
  tooMany: (commune) =>
    `Xin lỗi ông/bà, trợ lý nhận được quá nhiều tin nhắn trong một phút nên chưa trả lời kịp các tin sau. Xin ông/bà chờ khoảng một phút rồi nhắn lại điều cần hỏi ạ.${wayOn(commune)}`,
  crowded: (commune) =>
    `Xin lỗi ông/bà, lúc này có quá nhiều người nhắn cùng lúc nên trợ lý chưa trả lời kịp. Tin nhắn của ông/bà đã được lưu lại. Xin ông/bà chờ ít phút rồi nhắn lại điều cần hỏi ạ. Nếu có việc khẩn cấp, xin gọi ngay 113 (công an), 114 (cứu hỏa, cứu nạn) hoặc 115 (cấp cứu).${wayOn(commune)}`,
  choiceClosed: "Xin lỗi ông/bà, lựa chọn này đã cũ. Ông/bà nhắn lại điều cần hỏi, trợ lý sẽ hướng dẫn ngay ạ.",
  repeated:
    "Dạ, câu này trợ lý vừa trả lời ở trên ạ. Nếu chưa đúng ý, ông/bà nhắn thêm vài chữ cho rõ, hoặc nhắn “gặp cán bộ” để được người hỗ trợ.",
  noSuchChoice: (choices) =>
    choices === 1
      ? "Dạ, danh sách ở trên chỉ có mục số 1. Ông/bà nhắn giúp số 1, hoặc nhắn điều cần hỏi bằng chữ ạ."
      : `Dạ, danh sách ở trên có ${choices} mục. Ông/bà nhắn giúp một số từ 1 đến ${choices}, hoặc nhắn điều cần hỏi bằng chữ ạ.`,
  phone: {
    kept: "Cảm ơn ông/bà đã cho số điện thoại. Xã xin phép giữ kín số này, chỉ để báo tin qua Zalo khi không nhắn trực tiếp được. Muốn xóa, ông/bà nhắn “xóa số điện thoại” bất cứ lúc nào ạ.",
    forgotten: "Số điện thoại của ông/bà đã được xóa, xã không báo tin vào số đó nữa. Ông/bà vẫn nhắn hỏi ở đây như thường ạ.",
  },
  unexpected: ({ commune, code }) =>
    `Xin lỗi ông/bà, hệ thống đang gián đoạn nên chưa trả lời được. Câu hỏi đã được lưu với mã ${code} để cán bộ xem lại. Ông/bà có thể hỏi lại sau ít phút.${wayOn(commune)}`,
  chooseBelow: "Ông/bà bấm nút hoặc nhắn giúp số thứ tự của mục cần hỏi:",
  chooseByNumber: "Ông/bà nhắn giúp số thứ tự của mục cần hỏi:",
  commands: { start: "Bắt đầu trò chuyện", trogiup: "Trợ lý giúp được những gì" },
  assistant: "Trợ lý",
  heard: {
    start: "(mở cuộc trò chuyện)",
    choice: "(bấm một lựa chọn cũ)",
    forget: "(xin xóa số điện thoại)",
    image: "(ảnh)",
    video: "(đoạn phim)",
    voice: "(ghi âm)",
    file: "(tệp)",
    sticker: "(biểu tượng)",
    location: "(vị trí)",
    contact: "(thông tin liên hệ)",
    opaque: "(tin nhắn không đọc được)",
    empty: "",
  },
  crowdedAccount: ({ putOff }) =>
    `Có quá nhiều câu hỏi cùng lúc: ${thousands(putOff)} tin đã được lưu nhưng chưa trả lời, người gửi được mời nhắn lại sau`,
  heardPlace: ({ latitude, longitude }) => `(vị trí ${latitude.toFixed(5)}, ${longitude.toFixed(5)})`,
  api: {
    invalidJson: "Xin lỗi, yêu cầu gửi lên không đúng định dạng JSON.",
    invalidInput: "Xin lỗi, yêu cầu gửi lên chưa đúng.",
    textMissing: "Xin lỗi, yêu cầu thiếu nội dung câu hỏi (text).",
    textEmpty: "Xin lỗi ông/bà, câu hỏi đang để trống. Ông/bà nhập giúp điều cần hỏi ạ.",
    textTooLong: (limit) => `Xin lỗi ông/bà, câu hỏi dài quá ${thousands(limit)} ký tự. Ông/bà tóm tắt giúp điều cần hỏi ạ.`,
    invalidId: (name) => `Xin lỗi, mã ${name} chỉ gồm chữ cái, chữ số, dấu “-”, “_” và dài từ 1 đến 64 ký tự.`,
    invalidVerdict: "Xin lỗi, đánh giá (verdict) chỉ nhận “right” hoặc “wrong”.",
    tooLarge: "Xin lỗi ông/bà, nội dung gửi lên quá dài. Ông/bà tóm tắt giúp điều cần hỏi ạ.",
    wrongType: "Xin lỗi, yêu cầu cần có kiểu nội dung application/json.",
    wrongMethod: "Xin lỗi, đường dẫn này không nhận phương thức vừa dùng.",
    unknownPath: "Xin lỗi, không có đường dẫn này.",
    answerNotFound: "Xin lỗi ông/bà, không tìm thấy câu trả lời này trong cuộc trò chuyện.",
    rateLimited: "Xin lỗi ông/bà, trợ lý đang nhận quá nhiều câu hỏi từ đây. Xin ông/bà chờ ít phút rồi hỏi lại ạ.",
    tooManyStreams: "Xin lỗi ông/bà, cuộc trò chuyện đang mở ở quá nhiều nơi. Ông/bà đóng bớt cửa sổ rồi tải lại trang giúp ạ.",
    timeout: "Xin lỗi đã để ông/bà chờ. Câu hỏi đã được lưu; câu trả lời sẽ hiện ra ngay khi có ạ.",
    stopping: "Xin lỗi ông/bà, hệ thống đang khởi động lại. Câu hỏi đã gửi không bị mất; xin ông/bà chờ ít phút ạ.",
    unexpected: "Xin lỗi ông/bà, hệ thống đang gián đoạn. Xin ông/bà thử lại sau ít phút ạ.",
    passedOn: "Tin nhắn của ông/bà đã được chuyển tới cán bộ đang hỗ trợ. Cán bộ sẽ trả lời ngay tại đây, xin ông/bà chờ giây lát ạ.",
    kept: "Cảm ơn ông/bà, trợ lý đã lưu lại để cán bộ xem. Ông/bà nhắn giúp điều cần hỏi bằng chữ (không cần dấu) ạ.",
    invalidLocation: "Xin lỗi ông/bà, vị trí gửi lên chưa đúng. Ông/bà nhắn giúp địa điểm bằng chữ ạ.",
    noUploads: "Xin lỗi ông/bà, trang này chưa nhận ảnh và tệp. Ông/bà mô tả giúp bằng chữ (không cần dấu) ạ.",
    fileMissing: "Xin lỗi ông/bà, chưa thấy ảnh hoặc tệp trong nội dung gửi lên. Ông/bà chọn lại giúp ạ.",
    wrongUploadType:
      "Xin lỗi ông/bà, trợ lý chỉ nhận ảnh (JPG, PNG, WEBP, GIF, HEIC) và tệp PDF, Word, Excel. Ông/bà chọn tệp khác giúp ạ.",
    uploadTooLarge: (limitMb) => `Xin lỗi ông/bà, ảnh hoặc tệp lớn quá ${thousands(limitMb)} MB. Ông/bà chọn tệp nhỏ hơn giúp ạ.`,
    uploadsBusy: "Xin lỗi ông/bà, đang có nhiều ảnh và tệp gửi lên cùng lúc. Xin ông/bà gửi lại sau ít giây ạ.",
  },
}

function thousands(n: number): string {
  return n.toString().replace(/\B(?=(?:\d{3})+$)/g, ".")
}
