/** What the fake server knows: one commune, a few answers, one for each shape that the page must show. */
export interface FakeAnswer {
  readonly id: string
  readonly status: string
  readonly text: string
  readonly procedure?: { readonly code: string; readonly name: string }
  readonly fields: Readonly<Record<string, string>>
  readonly candidates: readonly unknown[]
  readonly citations: readonly unknown[]
  readonly choices: readonly { readonly id: string; readonly label: string }[]
  readonly ms: number
}

export const INFO = {
  commune: "Ủy ban nhân dân xã An Bình",
  demo: true,
  disclosure:
    "Xin chào ông/bà! Đây là trợ lý ảo của Ủy ban nhân dân xã An Bình, hệ thống trả lời tự động có sử dụng trí tuệ nhân tạo.\n" +
    "Xin phép lưu ý: ông/bà không gửi số căn cước, ảnh giấy tờ, mật khẩu, mã OTP vào đây. " +
    "Nội dung trò chuyện được lưu 90 ngày để phục vụ và cải thiện việc hướng dẫn.",
  hotline: "0225 3 123 456",
  hours: "từ thứ Hai đến thứ Sáu, 7 giờ 30 đến 17 giờ 00",
  examples: ["Làm giấy khai sinh cần những gì?", "Chứng thực bản sao mất bao nhiêu tiền?", "Hôm nay Trung tâm làm việc đến mấy giờ?"],
  maxLength: 4000,
}

const nothing = { fields: {}, candidates: [], citations: [], choices: [], ms: 4 }

const birth: Omit<FakeAnswer, "id"> = {
  ...nothing,
  status: "answered",
  text: [
    "Dạ, đăng ký khai sinh trong thời hạn 60 ngày thì không mất lệ phí, có kết quả ngay trong ngày.",
    "Cần mang:",
    "- Giấy chứng sinh (bản chính)",
    "- Căn cước của cha hoặc mẹ (xuất trình)",
    "- Tờ khai đăng ký khai sinh theo mẫu",
    "Nộp tại: Trung tâm Phục vụ hành chính công xã An Bình",
    "Thời hạn: ngay trong ngày làm việc; nếu nộp sau 15 giờ 00 thì trả vào ngày làm việc tiếp theo",
    "Lệ phí: miễn lệ phí khi đăng ký đúng hạn; 8.000 đồng khi quá hạn",
    "Nộp trực tuyến tại https://dichvucong.gov.vn.",
  ].join("\n"),
  procedure: { code: "1.001193", name: "Đăng ký khai sinh" },
  fields: { fee: "8.000 đồng", time: "Ngay trong ngày" },
  citations: [
    {
      sourceId: "tthc-1.001193",
      title: "Thủ tục Đăng ký khai sinh",
      section: "Thành phần hồ sơ",
      page: 3,
      quote: "Giấy chứng sinh; trường hợp không có giấy chứng sinh thì nộp văn bản của người làm chứng xác nhận về việc sinh.",
      url: "https://dichvucong.gov.vn/1.001193",
    },
    {
      sourceId: "nq-phi",
      title: "Nghị quyết về phí, lệ phí trên địa bàn",
      section: "Phụ lục I, mục 2",
      quote: "Đăng ký khai sinh không đúng hạn: 8.000 đồng/trường hợp.",
      url: "javascript:alert(1)",
    },
  ],
}

const certify: Omit<FakeAnswer, "id"> = {
  ...nothing,
  status: "answered",
  text: "Dạ, phí chứng thực chữ ký là 10.000 đồng/trường hợp.\nThời hạn: trong ngày làm việc",
  procedure: { code: "2.000884", name: "Chứng thực chữ ký" },
  citations: [{ sourceId: "tthc-2.000884", title: "Thủ tục Chứng thực chữ ký", quote: "10.000 đồng/trường hợp" }],
}

const choices = [
  { id: "p:2.000815", label: "Chứng thực bản sao từ bản chính" },
  { id: "p:2.000884", label: "Chứng thực chữ ký" },
]

const which: Omit<FakeAnswer, "id"> = {
  ...nothing,
  status: "clarification",
  text: `Dạ, xin phép hỏi thêm: ông/bà cần chứng thực loại nào ạ?\n${choices.map(({ label }, i) => `${String(i + 1)}. ${label}`).join("\n")}`,
  choices,
}

const emergency: Omit<FakeAnswer, "id"> = {
  ...nothing,
  status: "emergency",
  text: "Xin ông/bà gọi ngay 114 để báo cháy, cứu nạn; cấp cứu gọi 115.\nTrợ lý không tiếp nhận tin báo khẩn cấp qua trò chuyện ạ.",
}

const unknown: Omit<FakeAnswer, "id"> = {
  ...nothing,
  status: "no_source",
  text:
    "Xin lỗi ông/bà, trong các tài liệu xã An Bình đã công bố, trợ lý chưa tìm thấy thông tin này nên không dám trả lời phỏng đoán.\n" +
    "Ông/bà có thể nhắn lại rõ hơn, hoặc gọi đường dây nóng 0225 3 123 456 ạ.",
}

export function answerTo(text: string, choiceId: string | undefined): Omit<FakeAnswer, "id"> {
  const plain = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d")
  if (choiceId === "p:2.000884" || plain === "2") return certify
  if (plain.includes("khai sinh")) return birth
  if (plain.includes("chung thuc")) return which
  if (plain.includes("chay nha")) return emergency
  return unknown
}
