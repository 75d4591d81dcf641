import type { Procedure } from "../../knowledge/procedure.ts"
import { tidy } from "../vietnamese/fold.ts"

/** What a procedure can be called: each name is matched by itself, since a question resembles one of them, not their sum. */
export interface Title {
  readonly text: string
  readonly kind: "name" | "core" | "alias"
}

/** What names begin with before they say what is done. */
export const OPENING = /^(?:thủ tục|thủ tục hành chính|tthc)\s*[:-]?\s+/iu
/** What a name says that it is not about: nobody means a procedure by that. */
const EXCEPTION = /\s*\((?:trừ|ngoại trừ|không bao gồm|không áp dụng)\s[^()]*\)/giu
const PARENTHESES = /\s*[([][^()[\]]*[)\]]/gu
/** From here on a name tells to whom or by what rule it applies; citizens leave that out. */
const TAIL =
  /\s+(?:đối với|theo quy định|quy định tại|thuộc thẩm quyền|trên địa bàn|do cơ quan|của Việt Nam;|ban hành kèm|trong trường hợp|để |nhằm ).*$/iu

/** Fewer syllables than these only say what is done, not about what: "xác nhận đối với …". */
const SHORTEST_CORE = 3

/** The full name, its core without qualifications, and the citizens' names. */
export function titlesOf(procedure: Procedure): Title[] {
  const name = writtenOut(tidy(procedure.name).replace(OPENING, "").replace(EXCEPTION, ""))
  const core = name.replace(PARENTHESES, "").replace(TAIL, "").trim()
  const titles: Title[] = [{ text: name, kind: "name" }]
  if (core.split(" ").length >= SHORTEST_CORE && core !== name) titles.push({ text: core, kind: "core" })
  return [...titles, ...procedure.aliases.map((text) => ({ text: writtenOut(text), kind: "alias" as const }))]
}

/** Abbreviations that stand in names, where they mean one thing; questions are read written out too. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ["bhxh", "bảo hiểm xã hội"],
  ["bhyt", "bảo hiểm y tế"],
  ["bhtn", "bảo hiểm thất nghiệp"],
  ["tnlđ", "tai nạn lao động"],
  ["bnn", "bệnh nghề nghiệp"],
  ["tnhh", "trách nhiệm hữu hạn"],
  ["mtv", "một thành viên"],
  ["ubnd", "ủy ban nhân dân"],
  ["hđnd", "hội đồng nhân dân"],
  ["gtgt", "giá trị gia tăng"],
  ["tncn", "thu nhập cá nhân"],
  ["tndn", "thu nhập doanh nghiệp"],
  ["nvqs", "nghĩa vụ quân sự"],
])
const WORD = /\p{L}+/gu

const writtenOut = (title: string) => title.replace(WORD, (word) => SHORT.get(word.toLowerCase()) ?? word)
