import type { Route } from "./routes.ts"

export interface Rule {
  readonly route: Route
  /** Wordings with their marks, as alternatives of one regular expression. Compared without marks when the citizen writes none. */
  readonly when: readonly string[]
  /** Wordings that look alike and mean something else. */
  readonly unless?: readonly string[]
  /** The whole message must be this, not only a part of it. */
  readonly whole?: true
}

const PERSON =
  "(?:ông|bà|anh|chị|cán bộ|công chức|trưởng thôn|trưởng xóm|tổ trưởng|chủ tịch|phó chủ tịch|bí thư|công an|giám đốc|hiệu trưởng|thằng|lão|nó)"
const PROCEDURE_QUESTION = [
  "bao lâu",
  "mấy ngày",
  "thời hạn",
  "trình tự",
  "thủ tục",
  "hồ sơ gồm",
  "mẫu đơn",
  "quy định",
  "văn bản nào",
  "lệ phí",
  "thì sao",
  "thế nào",
]

/**
 * First match wins: danger to life before everything, then attacks on the program, then what the law sends elsewhere
 * (tố cáo is never taken by chat: Luật Tố cáo 2018, Điều 22), then what is no matter of the commune.
 */
export const RULES: readonly Rule[] = [
  {
    route: "emergency",
    when: [
      "đang cháy",
      "cháy nhà rồi",
      "cháy lớn",
      "cứu với",
      "cứu tôi với",
      "tự (?:tử|sát)",
      "muốn chết",
      "đang bị đánh",
      "đánh nhau",
      "bị đâm",
      "đang đánh (?:vợ|con|chồng|tôi|em|mẹ)",
      "tao giết",
      "giết người",
      "giết (?:tao|mày|nó)",
      "đốt (?:ủy ban|trụ sở|nhà|ubnd)",
      "đang bị (?:cướp|hiếp|bắt cóc)",
      "đuối nước",
      "đột quỵ",
      "ngất xỉu",
      "xâm hại tình dục",
      "chém nhau",
    ],
    // Without marks "dưới nước" is "đuối nước": what one does there for fun is no cry for help.
    unless: [
      "vui chơi",
      "phòng cháy",
      "chữa cháy",
      "tai nạn lao động",
      "bảo hiểm",
      "thủ tục",
      "hồ sơ",
      "trợ cấp",
      "mai táng",
      "khai tử",
      "giấy",
      "từ tự nhiên",
    ],
  },
  {
    route: "blocked_injection",
    when: [
      "bỏ qua (?:mọi |tất cả |các |hết )?(?:quy tắc|hướng dẫn|chỉ thị|lệnh|chỉ dẫn)",
      "ignore (?:all |the |previous |above )*(?:instruction|rule|prompt)s?",
      "system prompt",
      "prompt hệ thống",
      "đóng vai",
      "giả vờ (?:là|làm)",
      "tiết lộ (?:cấu hình|mật khẩu|prompt|quy tắc)",
      "jailbreak",
      "developer mode",
      "in ra (?:câu lệnh|prompt|hướng dẫn)",
      "quên hết (?:quy tắc|hướng dẫn)",
      "api key",
      "you are now",
      "act as",
      "từ giờ (?:bạn|mày) là",
    ],
  },
  {
    route: "blocked_abuse",
    when: [
      "đồ ngu",
      "ngu như",
      "ngu vl",
      "óc chó",
      "thằng ngu",
      "con ngu",
      "địt mẹ",
      "đm mày",
      "dmm",
      "vcl",
      "clgt",
      "đcm",
      "dcm",
      "đéo (?:biết|hiểu|cần|làm|trả|thèm|có)",
      "ăn hại",
      "đồ vô học",
      "khốn nạn",
      "mày là đồ",
      "cút đi",
      "con mẹ mày",
      "mất dạy",
      "đồ súc vật",
      "lũ chó",
      "sủa bậy",
    ],
  },
  {
    route: "routed_denunciation",
    when: [
      `(?:tố cáo|tố giác)(?: về)?(?: hành vi| việc)?(?: sai trái| vi phạm)?(?: của)? ${PERSON}`,
      `tố (?:ông|bà|thằng|lão)`,
      "ăn chặn",
      "tham ô",
      "nhận hối lộ",
      "vòi tiền",
      "vòi vĩnh",
      "đòi tiền bồi dưỡng",
      "đòi hối lộ",
      "nhận tiền (?:bồi dưỡng|chạy)",
      "bao che cho",
      "(?:viết|soạn|làm)[^.?!]{0,25} đơn tố cáo",
      `${PERSON}[^.?!]{0,30} tham nhũng`,
    ],
    // Without marks "thức ăn chăn nuôi" is "ăn chặn", and "khấu trừ" of a tax "tố".
    unless: [
      ...PROCEDURE_QUESTION,
      "chăn nuôi",
      "khấu trừ thuế",
      "phòng chống tham nhũng",
      "5 không",
      "năm không",
      "có được",
      "có bị",
      "nhầm",
    ],
  },
  {
    route: "private_data",
    when: [
      "(?:cho|xin|tìm|cung cấp|tra)[^.?!]{0,60}(?:số căn cước|số cccd|số cmnd|địa chỉ nhà|số điện thoại riêng|thông tin cá nhân|mức lương)[^.?!]{0,40} (?:của|bà|ông|chị|anh)",
      "tra (?:giúp|giùm|hộ|cứu)?[^.?!]{0,20}(?:hồ sơ|hs) (?:của )?(?:người|ng|ông|bà|anh|chị)",
      "(?:hồ sơ|hs) của (?:người|ng) tên",
      "(?:số điện thoại|sđt|sdt) (?:của )?(?:hàng xóm|người yêu|vợ cũ|chồng cũ)",
    ],
    unless: ["của xã", "của phường", "chủ tịch", "cán bộ", "lãnh đạo"],
  },
  {
    route: "routed_human",
    when: [
      "(?:cho|muốn|xin|cần)[^.?!]{0,15} (?:gặp|nói chuyện với|liên hệ|kết nối với) (?:trực tiếp )?(?:cán bộ|người thật|nhân viên|người trực|nhân viên tư vấn)(?: trực)?$",
      "gặp cán bộ(?: trực)?$",
      "gặp người thật",
      "chuyển (?:cho |sang )?cán bộ",
      "nói chuyện với người thật",
    ],
  },
  {
    route: "appeal",
    when: [
      "không đồng ý với (?:quyết định|kết luận)",
      "khiếu nại (?:về )?(?:quyết định|việc|hành vi|cán bộ|kết luận)",
      "(?:muốn|xin) khiếu nại",
      "xử phạt oan",
      "thu hồi đất (?:của )?(?:tôi|nhà tôi|gia đình tôi) sai",
    ],
    unless: [...PROCEDURE_QUESTION, "có được", "online"],
  },
  {
    route: "routed_complaint",
    when: [
      "(?:muốn|xin|cần) (?:được )?(?:phản ánh|góp ý|kiến nghị)",
      "^(?:phản ánh|góp ý|kiến nghị)",
      "rác (?:đổ|chất|thải)[^?]{0,40}(?:đầy|bừa|bốc mùi|hôi)",
      "ổ gà",
      "đường[^.?!]{0,25} (?:hỏng|ngập|sụt lún|lầy lội)",
      "đèn (?:đường )?(?:hỏng|không sáng|tắt)",
      "(?:karaoke|nhạc|loa)[^?]{0,25}(?:ồn ào|ồn quá|quá ồn|không ngủ)",
      "cống (?:thoát nước )?(?:tắc|bị tắc)",
      "hách dịch với (?:tôi|dân|em)",
    ],
    // Without marks "cống tắc" is "công tác" and "cộng tác viên": only "cống bị tắc" is told from them.
    unless: [
      ...PROCEDURE_QUESTION,
      "bao (?:nhiêu lâu|lâu một lần)",
      "cơ chế",
      "hình thức",
      "ở đâu",
      "5 không",
      "không cửa quyền",
      "công tác",
    ],
  },
  {
    route: "law_evasion",
    when: [
      "(?:làm|mua|bán) (?:giấy tờ|bằng|sổ đỏ|hồ sơ|con dấu) giả",
      "làm giả",
      "không phép[^.]{0,30}(?:không|ko|k) bị phạt",
      "(?:trốn|né|lách|lẩn tránh) (?:thuế|luật|nghĩa vụ|phạt)",
      "hối lộ (?:ai|thế nào|bao nhiêu)",
      "chạy tiền",
      "chạy chọt cho",
    ],
    unless: ["tố giác", "xử lý", "không xu nịnh"],
  },
  {
    route: "politics",
    when: [
      "(?:lãnh đạo|tổng bí thư|chủ tịch nước|thủ tướng|chính phủ|nhà nước|đảng)[^?]{0,40}(?:ai giỏi|giỏi nhất|tốt hay xấu|đúng hay sai|yếu kém|độc tài)",
      "đa đảng",
      "dân chủ đa nguyên",
      "biểu tình",
      "hoàng sa",
      "bầu cử (?:mỹ|tổng thống)",
    ],
    // Without marks "đã đăng ký" and "đa dạng sinh học" are "đa đảng".
    unless: ["đã đăng (?:ký|kí|bộ|tải)", "đa dạng (?:sinh học|hóa|hoá|văn hóa)"],
  },
  {
    route: "medical",
    when: [
      "uống thuốc gì",
      "đau ngực",
      "khó thở",
      "bệnh gì vậy",
      "chữa bệnh (?:gì|thế nào)",
      "thuốc nào tốt",
      "triệu chứng",
      "khám bệnh ở đâu tốt",
    ],
    unless: ["bảo hiểm", "trợ cấp", "thủ tục", "hồ sơ", "chế độ", "thanh toán"],
  },
  {
    route: "off_topic",
    when: [
      "bài văn",
      "(?:làm|viết) thơ",
      "kể chuyện cười",
      "xổ số",
      "(?:lô|đánh) đề",
      "số đề hôm nay",
      "kết quả bóng đá",
      "thời tiết",
      "tử vi",
      "bói toán|xem bói",
      "giá vàng",
      "chứng khoán hôm nay",
      "bitcoin",
      "giải (?:bài )?(?:toán|phương trình)",
      "dịch (?:giúp|sang) tiếng",
      "công thức nấu",
      "phim hay",
      "vay tiền (?:app|online|nhanh|qua app)",
      "app (?:vay|nào lãi)",
      "yêu (?:em|anh) không",
      "viết code",
      "lập trình",
      "nấu món gì",
    ],
    unless: ["đại lý xổ số", "kinh doanh xổ số", "ra quốc lộ"],
  },
  {
    route: "greeting",
    whole: true,
    when: [
      "(?:xin |em |tôi |con |cháu |dạ )?(?:chào|hello|hi|alo|a lô|hey)(?: (?:bạn|ad|admin|em|anh|chị|anh chị|cả nhà|xã|trợ lý|cán bộ|cô|chú|bác|shop|ạ|nhé|ơi|các bạn|buổi sáng|buổi chiều|mọi người)){0,3}",
      "(?:ad|admin|có ai|trợ lý)(?: ơi| ở đây| đó)?(?: không)?",
    ],
  },
  {
    route: "thanks",
    whole: true,
    when: [
      "(?:dạ |vâng |ok |oke |okay |tốt quá |hay quá )*(?:cảm ơn|cám ơn|thanks|thank you|tks|ok|oke|dạ vâng|vâng|đã hiểu|hiểu rồi)(?: (?:bạn|ad|em|anh|chị|nhiều|nhé|ạ|nha|trợ lý|cán bộ|rất)){0,4}",
    ],
  },
]

/** The wordings of the rules without the signs of regular expressions: words that must be told from slips of typing. */
export const SCREENED_WORDINGS: readonly string[] = RULES.flatMap((rule) => rule.when).map((wording) =>
  wording.replace(/\[[^\]]*\]|\{[^}]*\}|\(\?:/gu, " ").replace(/[^\p{L}\s]+/gu, ", "),
)
