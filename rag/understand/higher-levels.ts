import { foldedSyllables, type Token } from "../vietnamese/syllables.ts"
import type { Procedure } from "../../knowledge/procedure.ts"

const listed = (text: string): readonly string[] => text.split(";").map((phrase) => foldedSyllables(phrase).join(" "))

/**
 * Words of matters that a province or a ministry decides on, as licences are named and as citizens say them. A procedure
 * without them in its names is hardly the one meant, however many small words it shares.
 */
const PHRASES = listed(`
  doanh nghiệp tư nhân; doanh nghiệp; công ty; công ty cổ phần; trách nhiệm hữu hạn; tnhh; tập đoàn; nhà máy; khu công nghiệp; văn phòng đại diện;
  sở y tế; sở xây dựng; sở công thương; sở giáo dục; sở tài chính; sở nội vụ; sở nông nghiệp; sở tư pháp; sở khoa học; sở văn hóa; sở du lịch;
  bộ y tế; bộ xây dựng; bộ công thương; bộ giáo dục; bộ tài chính; bộ nội vụ; bộ nông nghiệp; bộ tư pháp; bộ khoa học; bộ quốc phòng; bộ ngoại giao;
  chứng chỉ hành nghề; giấy phép hành nghề; thẻ hành nghề; hành nghề luật sư; luật sư; công chứng viên; đấu giá viên; thừa phát lại; giám định viên;
  chứng khoán; ngân hàng; tổ chức tín dụng; bảo hiểm bắt buộc; bảo hiểm xã hội bắt buộc; kiểm toán; thẩm định giá; hải quan; xuất nhập khẩu; xuất khẩu hàng;
  phép nhập khẩu; nhập khẩu hàng; nhập khẩu thuốc; nhập khẩu máy; nhập khẩu thiết bị; nhập khẩu thủy sản; nhập khẩu giống;
  nhập khẩu phế liệu; nhập khẩu thực phẩm; giấy phép xuất khẩu; quá cảnh hàng; lưu hành thuốc; lưu hành tự do; kinh doanh dược; đăng ký thuốc; mỹ phẩm;
  trang thiết bị y tế; khám bệnh chữa bệnh; phòng khám; bệnh viện; dầu khí; ngoài khơi; khoáng sản; vật liệu nổ; tiền chất; hóa chất; phóng xạ; bức xạ;
  viễn thông; tần số vô tuyến; xuất bản; báo chí; phát thanh; truyền hình; quảng cáo thuốc; lữ hành; khách sạn; hàng không; đường sắt; hàng hải; thuyền viên;
  đăng kiểm; vận tải hành khách; kinh doanh vận tải; phù hiệu; sát hạch lái xe; đào tạo lái xe; nhà thầu; chủ trương đầu tư; giấy chứng nhận đầu tư;
  tách thửa; hợp thửa; sở hữu trí tuệ; sáng chế; nhãn hiệu; giống cây trồng; thuốc bảo vệ thực vật; thuốc thú y; thức ăn chăn nuôi; kiểm dịch; an toàn bức xạ; trường đại học;
  cao đẳng; nghiên cứu sinh; quỹ xã hội; hội nghề nghiệp; quốc tịch; thôi quốc tịch; nhập quốc tịch
`)
const LONGEST = Math.max(...PHRASES.map((phrase) => phrase.split(" ").length))
const KNOWN: ReadonlySet<string> = new Set(PHRASES)

/** After these a matter is named that only tells when or what for: "lối đi khi tách thửa" is no "tách thửa". */
const SUBORDINATE: ReadonlySet<string> = new Set(["khi", "để"])

/** Such words of a question, the longest at each place, folded. */
export function higherLevelWords(tokens: readonly Token[]): readonly string[] {
  const found: string[] = []
  for (let i = 0; i < tokens.length; i++) {
    for (let length = Math.min(LONGEST, tokens.length - i); length > 0; length--) {
      const phrase = tokens
        .slice(i, i + length)
        .map((token) => token.folded)
        .join(" ")
      if (!KNOWN.has(phrase)) continue
      if (!SUBORDINATE.has(tokens[i - 1]?.text ?? "")) found.push(phrase)
      i += length - 1
      break
    }
  }
  return found
}

/** True when one of these words stands in none of the procedure's names, but to say when or what for. */
export function lacksHigherLevel(words: readonly string[], { name, aliases }: Procedure): boolean {
  if (words.length === 0) return false
  const names = [name, ...aliases].map((title) => ` ${foldedSyllables(title).join(" ")} `)
  return words.some((word) => !names.some((title) => isNamedIn(title, word)))
}

const TELLS_WHEN = / (?:khi|de)$/

function isNamedIn(title: string, word: string): boolean {
  for (let at = title.indexOf(` ${word} `); at >= 0; at = title.indexOf(` ${word} `, at + 1)) {
    if (!TELLS_WHEN.test(title.slice(0, at))) return true
  }
  return false
}
