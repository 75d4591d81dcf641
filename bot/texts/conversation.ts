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
  unreadable: Readonly<Record<"media" | "edit" | "empty", string>>
  tooLong(p: { limit: number; commune: Commune }): string
  tooMany(commune: Commune): string
  choiceClosed: string
  unexpected(p: { commune: Commune; code: string }): string
  /** Introduces the numbered list of choices. */
  chooseBelow: string
  /** What the menu of a chat offers. */
  commands: Readonly<Record<"start" | "trogiup", string>>
  /** What staff read where a citizen said nothing in words. */
  heard: Readonly<Record<"start" | "media" | "edit" | "choice", string>>
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
  unreadable: {
    media:
      "Xin lỗi ông/bà, trợ lý hiện chỉ đọc được tin nhắn chữ. Ông/bà nhắn giúp nội dung bằng chữ (không cần dấu), hoặc nhắn “gặp cán bộ” ạ.",
    edit: "Xin lỗi ông/bà, trợ lý chưa đọc được tin đã sửa. Ông/bà gửi giúp nội dung mới thành một tin nhắn khác ạ.",
    empty: "Xin lỗi ông/bà, tin nhắn vừa rồi không có chữ. Ông/bà nhắn giúp điều cần hỏi bằng chữ (không cần dấu) ạ.",
  },
  tooLong: ({ limit, commune }) =>
    `Cảm ơn ông/bà. Nội dung đã được lưu lại đầy đủ, nhưng xin lỗi ông/bà, trợ lý chưa trả lời được tin dài hơn ${thousands(limit)} ký tự. Ông/bà tóm tắt giúp điều cần hỏi trong vài câu ạ.${wayOn(commune)}`,
  tooMany: (commune) =>
    `Xin lỗi ông/bà, trợ lý nhận được quá nhiều tin nhắn trong một phút nên chưa trả lời kịp các tin sau. Xin ông/bà chờ khoảng một phút rồi nhắn lại điều cần hỏi ạ.${wayOn(commune)}`,
  choiceClosed: "Xin lỗi ông/bà, lựa chọn này đã cũ. Ông/bà nhắn lại điều cần hỏi, trợ lý sẽ hướng dẫn ngay ạ.",
  unexpected: ({ commune, code }) =>
    `Xin lỗi ông/bà, hệ thống đang gián đoạn nên chưa trả lời được. Câu hỏi đã được lưu với mã ${code} để cán bộ xem lại. Ông/bà có thể hỏi lại sau ít phút.${wayOn(commune)}`,
  chooseBelow: "Ông/bà bấm nút hoặc nhắn số thứ tự:",
  commands: { start: "Bắt đầu trò chuyện", trogiup: "Trợ lý giúp được những gì" },
  heard: {
    start: "(mở cuộc trò chuyện)",
    media: "(ảnh, ghi âm hoặc tệp)",
    edit: "(sửa một tin đã gửi)",
    choice: "(bấm một lựa chọn cũ)",
  },
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
  },
}

function thousands(n: number): string {
  return n.toString().replace(/\B(?=(?:\d{3})+$)/g, ".")
}
