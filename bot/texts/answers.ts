import type { AnswerTexts, RefusalStatus, WayOn } from "../../rag/texts.ts"
import type { Route } from "../../rag/screen/routes.ts"
import { calendarTexts } from "./calendar.ts"

/** What a citizen can do next: no message is a dead end. */
function wayOn({ hotline, hours }: WayOn): string {
  const call = hotline ? `gọi đường dây nóng ${hotline}` : "đến Trung tâm Phục vụ hành chính công của xã"
  return `Ông/bà có thể: nhắn lại rõ hơn một chút; nhắn “gặp cán bộ”; hoặc ${call}.${hours ? `\nGiờ làm việc: ${hours}` : ""}`
}

const visit = ({ hotline, hours }: WayOn) =>
  [hours ? `Giờ làm việc: ${hours}` : null, hotline ? `Đường dây nóng: ${hotline}.` : null].filter((line) => line !== null).join("\n")

const refusals: Readonly<Record<RefusalStatus, (p: { question: string; way: WayOn }) => string>> = {
  no_source: ({ question, way }) =>
    `Xin lỗi ông/bà, trong các tài liệu ${way.commune} đã công bố, trợ lý chưa tìm thấy thông tin${about(question)} nên không dám trả lời phỏng đoán.\n${wayOn(way)}`,
  low_confidence: ({ question, way }) =>
    `Xin lỗi ông/bà, trợ lý chưa chắc chắn tìm đúng thông tin${about(question)} trong tài liệu ${way.commune} đã công bố nên không dám trả lời phỏng đoán.\n${wayOn(way)}`,
  out_of_scope: ({ way }) =>
    `Xin lỗi ông/bà, việc này nằm ngoài phạm vi hỗ trợ của trợ lý. Trợ lý sẵn sàng giúp về thủ tục, lệ phí, lịch làm việc, góp ý và phản ánh ạ.\n${wayOn(way)}`,
  expired_source: ({ way }) =>
    `Xin lỗi ông/bà, thông tin trợ lý đang có về việc này đã hết hiệu lực nên không dùng để trả lời.\n${wayOn(way)}`,
  failed_verification: ({ way }) =>
    `Xin lỗi ông/bà, trợ lý chưa đối chiếu được đầy đủ các con số với tài liệu gốc nên xin phép chưa trả lời.\n${wayOn(way)}`,
  error_timeout: ({ way }) => `Xin lỗi ông/bà, hệ thống đang chậm nên chưa trả lời kịp. Câu hỏi đã được lưu lại.\n${wayOn(way)}`,
  error_model: ({ way }) => `Xin lỗi ông/bà, hệ thống đang gián đoạn. Câu hỏi đã được lưu lại.\n${wayOn(way)}`,
  error_unexpected: ({ way }) => `Xin lỗi ông/bà, hệ thống đang gián đoạn. Câu hỏi đã được lưu lại.\n${wayOn(way)}`,
}

/** "2026-07-18" → "18/07/2026", "2026-07" → "07/2026"; other wordings stay. */
function vietnameseDate(date: string): string {
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date)
  return parts ? parts.slice(1).filter(Boolean).reverse().join("/") : date
}

const about = (question: string) =>
  question === "" ? "" : ` về “${question.length > 80 ? `${question.slice(0, 77).trimEnd()}…` : question}”`

const routes: Readonly<Record<Route, (way: WayOn) => string>> = {
  emergency: () =>
    "Trợ lý đã nhận tin. Nếu có người đang gặp nguy hiểm, xin gọi ngay 113 (an ninh), 114 (cháy, cứu nạn), 115 (cấp cứu); việc liên quan trẻ em xin gọi 111.",
  blocked_injection: (way) =>
    `Xin lỗi ông/bà, trợ lý không thực hiện được yêu cầu này. Trợ lý chỉ trả lời theo tài liệu ${way.commune} đã công bố ạ.\n${wayOn(way)}`,
  blocked_abuse: (way) =>
    `Xin lỗi đã để ông/bà bực mình. Trợ lý rất muốn giúp cho xong việc. Ông/bà nói giúp đang vướng ở bước nào ạ.\n${wayOn(way)}`,
  routed_denunciation: (way) =>
    [
      "Để giữ bí mật cho người tố cáo, trợ lý xin phép không tiếp nhận và không lưu nội dung tố cáo qua trò chuyện.",
      "Ông/bà gửi đơn (ghi rõ họ tên, địa chỉ, ký tên) trực tiếp hoặc qua bưu chính tới người đứng đầu cơ quan có thẩm quyền, hoặc trình bày trực tiếp tại nơi tiếp công dân.",
      way.reception ? `Lịch tiếp công dân: ${way.reception}` : null,
      "Nội dung vừa nhắn đã được che khỏi nhật ký ạ.",
    ]
      .filter((line) => line !== null)
      .join("\n"),
  private_data: (way) =>
    `Xin lỗi ông/bà, thông tin cá nhân của người khác được pháp luật bảo vệ nên trợ lý không thể cung cấp. Nếu đây là hồ sơ của chính ông/bà, xin vui lòng mang giấy tờ tùy thân đến Trung tâm Phục vụ hành chính công hoặc tra cứu bằng mã hồ sơ trên Cổng Dịch vụ công quốc gia ạ.\n${visit(way)}`.trim(),
  routed_human: (way) =>
    `Dạ, ông/bà có thể gặp cán bộ tại Trung tâm Phục vụ hành chính công hoặc gọi điện để được hướng dẫn trực tiếp ạ.\n${visit(way)}`.trim(),
  appeal: (way) =>
    [
      "Trợ lý hiểu ông/bà không đồng ý với quyết định hoặc việc làm của cơ quan hành chính. Đây là quyền khiếu nại của ông/bà, cần có đơn hoặc trình bày trực tiếp để được thụ lý đúng luật; tin nhắn ở đây không thay được đơn khiếu nại và không làm dừng thời hiệu.",
      way.reception ? `Lịch tiếp công dân: ${way.reception}` : null,
      visit(way) || null,
    ]
      .filter((line) => line !== null)
      .join("\n"),
  routed_complaint: (way) =>
    `Xin cảm ơn ông/bà đã cho biết. Góp ý, phản ánh xin ông/bà gửi tới đường dây nóng hoặc nơi tiếp công dân của ${way.commune} để được tiếp nhận và trả lời ạ.\n${visit(way)}`.trim(),
  law_evasion: (way) =>
    `Xin lỗi ông/bà, trợ lý chỉ hướng dẫn cách làm đúng quy định nên không hỗ trợ được việc này. Nếu ông/bà cần làm thủ tục cho đúng, trợ lý xin sẵn lòng ạ.\n${wayOn(way)}`,
  politics: (way) =>
    `Trợ lý chỉ cung cấp thông tin đã được công bố chính thức và không nêu quan điểm ạ. Ông/bà cần hỏi thủ tục nào, trợ lý xin sẵn lòng.\n${visit(way)}`.trim(),
  medical: () =>
    "Xin lỗi ông/bà, trợ lý không tư vấn được về sức khỏe. Nếu đang nguy cấp, xin gọi ngay 115; nếu chưa gấp, xin đến trạm y tế gần nhất để được thăm khám ạ.",
  off_topic: (way) => refusals.out_of_scope({ question: "", way }),
  greeting: (way) =>
    `Xin chào ông/bà! Đây là trợ lý ảo của ${way.commune === "xã" ? "Ủy ban nhân dân xã" : `Ủy ban nhân dân ${way.commune}`} (hệ thống trả lời tự động, có sử dụng trí tuệ nhân tạo).\nÔng/bà cứ nhắn điều cần hỏi về thủ tục, giấy tờ, lệ phí, có dấu hay không dấu đều được ạ. 🙂`,
  thanks: () => "Xin cảm ơn ông/bà! Khi cần hỏi thêm thủ tục nào, ông/bà cứ nhắn cho trợ lý ạ. 🙂",
}

/** The words of answers in Vietnamese: polite ("ông/bà"), short, never a dead end (4 xin, 4 luôn, 5 không). */
export const answerTexts: AnswerTexts = {
  calendar: calendarTexts,
  fieldLabel: {
    dossier: "Cần mang",
    fee: "Phí, lệ phí",
    time: "Thời hạn",
    place: "Nộp tại",
    steps: "Các bước",
    online: "Nộp từ xa",
    subjects: "Ai được làm",
    conditions: "Yêu cầu, điều kiện",
    result: "Kết quả",
    legalBasis: "Căn cứ pháp lý",
    forms: "Mẫu đơn, tờ khai",
  },
  channel: { in_person: "Trực tiếp", online: "Trực tuyến", post: "Qua bưu chính" },
  procedureTitle: ({ name, code }) =>
    `${name.replace(/^thủ tục\s+/iu, "").replace(/^\p{Ll}/u, (c) => c.toUpperCase())} (mã thủ tục ${code})`,
  field: ({ label, text }) => `${label}: ${text}`,
  list: ({ label, items }) => `${label}:\n${items.map((item) => (item.endsWith(":") ? item : `- ${item}`)).join("\n")}`,
  moreItems: "… và các mục khác, xin chọn bên dưới hoặc hỏi thêm để xem đầy đủ.",
  copies: ({ originals, copies }) =>
    originals + copies === 0
      ? null
      : [originals > 0 ? `${originals} bản chính` : null, copies > 0 ? `${copies} bản sao` : null]
          .filter((part) => part !== null)
          .join(", "),
  note: (text) => `Lưu ý: ${text.replace(/^lưu ý\s*:?\s*/iu, "")}`,
  exemption: (text) => (/^(?:được |diện được )?miễn/iu.test(text) ? text : `Được miễn, giảm: ${text}`),
  authority: (name) => `Cơ quan giải quyết: ${name}`,
  onlineYes: (channels) => `Có thể nộp: ${channels.map((c) => c.toLowerCase()).join(", ")}`,
  onlineNo: "Theo dữ liệu đã công bố, thủ tục này chỉ nộp trực tiếp",
  timeToConfirm: "dữ liệu đã công bố chưa ghi rõ, xin ông/bà hỏi lại cán bộ trước khi đi nộp",
  feeToConfirm: "dữ liệu đã công bố chưa ghi rõ mức thu, xin ông/bà hỏi lại cán bộ",
  several: "Dạ, trợ lý xin trả lời lần lượt từng việc ông/bà hỏi ạ.",
  telling: "Về điều ông/bà hỏi, thủ tục này ghi",
  notTold:
    "Xin lỗi ông/bà, thủ tục này không có câu nào ghi riêng cho trường hợp ông/bà nêu. Dưới đây là những gì đã công bố, xin ông/bà đối chiếu giúp hoặc nhắn “gặp cán bộ” để được trả lời chắc chắn ạ.",
  missing: (fields) =>
    `Tài liệu hiện có chưa ghi: ${fields.map((f) => f.toLowerCase()).join("; ")}. Xin lỗi ông/bà về sự thiếu sót này; xin ông/bà nhắn “gặp cán bộ” để được trả lời chính xác ạ.`,
  source: ({ title, section, date, demo }) => {
    const parts = [title, section, date ? `cập nhật ${vietnameseDate(date)}` : null].filter((part) => part !== null)
    return `Nguồn: ${parts.join(", ")}${demo && !title.includes("minh họa") ? " (dữ liệu minh họa)" : ""}.`
  },
  documentOf: ({ title, place }) =>
    place && !title.toLowerCase().includes(place.toLowerCase()) ? `Theo ${title} (${place}):` : `Theo ${title}:`,
  unverified: "Lưu ý: bản quét chưa đối chiếu, các con số xin ông/bà xác nhận lại với cán bộ.",
  ofChoice: (name) => `Nếu là việc “${name}”:`,
  anyChoice: "Các việc dưới đây đều ghi:",
  clarify: ({ repeated }) =>
    repeated
      ? "Dạ, xin phép hỏi thêm một lần nữa để hướng dẫn đúng: ông/bà cần việc nào dưới đây ạ?"
      : "Dạ, để hướng dẫn đúng, xin phép hỏi thêm: ông/bà cần việc nào dưới đây ạ?",
  whichProcedure:
    "Dạ, xin phép hỏi thêm: ông/bà đang hỏi về thủ tục nào ạ? Ông/bà nhắn tên việc cần làm, ví dụ: khai sinh, kết hôn, tạm trú, sao y.",
  choiceOther: "Gặp cán bộ",
  moreChoice: {
    dossier: "Xem đủ giấy tờ",
    fee: "Phí, lệ phí",
    time: "Thời hạn",
    place: "Nộp ở đâu",
    steps: "Các bước làm",
    online: "Nộp qua mạng, bưu chính",
    subjects: "Ai được làm",
    conditions: "Điều kiện",
    result: "Kết quả nhận được",
    legalBasis: "Căn cứ pháp lý",
    forms: "Mẫu đơn, tờ khai",
  },
  refusal: ({ status, question, way }) => refusals[status]({ question, way }),
  otherPlace: ({ place, way }) =>
    `Xin lỗi ông/bà, trợ lý không có tài liệu của “${place}” nên không dám trả lời thay. Kính mời ông/bà liên hệ nơi đó hoặc xem Cổng Dịch vụ công quốc gia dichvucong.gov.vn.\n${wayOn(way)}`,
  route: ({ route, way }) => routes[route](way),
  masked: "Để bảo vệ thông tin của ông/bà, trợ lý đã che số giấy tờ vừa gửi và không lưu vào nhật ký. Xin ông/bà không gửi lại ạ.",
  suspended: ({ name, way }) =>
    `Xin lỗi ông/bà, ${way.commune} đang rà soát lại thông tin về “${name}” nên trợ lý xin phép chưa trả lời để tránh sai sót.\n${wayOn(way)}`,
  expired: ({ name, ended, way }) =>
    `Xin lỗi ông/bà, dữ liệu về “${name}” ${ended ? `đã hết hiệu lực từ sau ngày ${vietnameseDate(ended)}` : "có từ trước ngày 01/7/2025, nay đã tổ chức chính quyền hai cấp"} nên trợ lý không dùng để trả lời.\n${wayOn(way)}`,
  forReference: "Bản cũ ghi như dưới đây, chỉ để ông/bà tham khảo, có thể không còn đúng; xin hỏi lại cán bộ trước khi làm:",
}
