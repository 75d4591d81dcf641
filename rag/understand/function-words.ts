import { eachOf } from "./alternatives.ts"
import { foldedSyllables, tokenize, type Token } from "../vietnamese/syllables.ts"

/** Words that hold a question together and say nothing about its subject. */
const FUNCTION = `
  ạ à ơi nhé nha nhỉ hả hở dạ vâng thưa vậy zậy thế thì là mà và với của cho hỏi xin giúp dùm giùm tôi tui tớ mình em anh chị cháu bác chú cô cụ ông bà
  mik ad admin bạn cái này kia đó đấy ấy nọ gì nào sao đâu có không chưa đã đang sẽ được bị cần phải muốn định tính thích nên cũng còn nữa luôn ngay rồi
  khi lúc nếu như vì để từ tới tại ở trên trong theo ra vào lên xuống đi thấy biết nghe nói bảo kêu hay hoặc mấy bao nhiêu lâu những các một vài nhiều ít
  rất lắm quá vừa giờ nay bây hôm qua làm ai thủ tục vẫn cứ đều chỉ mới bên chỗ lo đây hết mất
`
/** Those that stay function words without their marks: no content word is spelled alike. */
const SAFE_UNMARKED = `
  a oi nhe dạ dung gium toi tui minh em anh chi chau cu ba mik ad admin cai nay kia gi nao sao dau co khong chua dang se duoc bi can muon neu
  nhu vi de toi o tren trong theo len xuong thay biet nghe hay hoac may bao nhieu nhung cac vai it rat qua gio bay hom ai thu tuc lam the thi la ma va voi cua z j
`

const words = (list: string) => new Set(tokenize(list).map((t) => t.text))
const function_ = words(FUNCTION)
const safe = new Set(tokenize(SAFE_UNMARKED).map((t) => t.folded))
const doubtful = new Set(tokenize(FUNCTION).map((t) => t.folded))

/** All of them as they are written, for those who count words. */
export const FUNCTION_WORDS: readonly string[] = [...function_]

export type WordRole = "function" | "doubtful" | "content"

/** Without marks "muon" is "mượn" before what is lent, "muộn" after what is due, and "muốn" everywhere else. */
const LENT: ReadonlySet<string> = new Set(["nha", "phong", "xe", "san", "tien"])
const DUE: ReadonlySet<string> = new Set(["sinh", "tu", "hon", "nop", "han", "cham", "tre"])
/** What somebody wants to do: "giay khai sinh sai nam sinh muon sua lai". */
const WANTED: ReadonlySet<string> = new Set([
  "sua",
  "lam",
  "xin",
  "di",
  "doi",
  "dang",
  "hoi",
  "biet",
  "cap",
  "duoc",
  "co",
  "nhan",
  "chuyen",
  "cai",
  "thay",
  "lay",
])

interface Neighbours {
  readonly before?: Token | undefined
  readonly after?: Token | undefined
}

/** What a word does in a question. Without marks "vay" may be "vậy" or "vay": such words are doubtful. */
export function roleOf(token: Token, messageHasMarks: boolean, { before, after }: Neighbours = {}): WordRole {
  if (messageHasMarks) return function_.has(token.text) ? "function" : "content"
  if (token.folded === "muon" && (LENT.has(after?.folded ?? "") || isDue(before, after))) return "content"
  if (safe.has(token.folded)) return "function"
  return doubtful.has(token.folded) ? "doubtful" : "content"
}

const isDue = (before: Token | undefined, after: Token | undefined): boolean =>
  DUE.has(before?.folded ?? "") && !WANTED.has(after?.folded ?? "")

/** Turns of speech around the matter: when it was, for whom, and that one goes to the office. */
const FRAME: readonly (readonly string[])[] = `
  {ra|lên|xuống|tới|đến|với|ngoài|trên|qua|gặp} {xã|phường|ủy ban|ubnd}; {tuần|tháng|năm|hôm|bữa} {trước|rồi}; năm ngoái; hôm kia; bữa kia; dạo này;
  {ra|lên|xuống|tới|đến|với|trên|qua|gặp|báo|báo cho|hỏi|nhờ|cho|tại|ở} {ủy ban nhân dân|ủy ban} {xã|phường}; ủy ban nhân dân {xã|phường} {mình|ta|nhà|có|làm};
  {ở|tại} {nhà|viện|bệnh viện|quê}; gia đình {cần|phải|muốn|định|em|tôi|mình|tui|cháu|con|chúng}
`
  .split(";")
  .flatMap(eachOf)
  .map(foldedSyllables)

/** "3 tháng tuổi": how old a baby is says no more than that it is one. */
const isBabysAge = (tokens: readonly Token[], at: number) =>
  /^\d{1,2}$/.test(tokens[at]?.folded ?? "") &&
  /^(?:thang|ngay|tuan)$/.test(tokens[at + 1]?.folded ?? "") &&
  tokens[at + 2]?.folded === "tuoi"

/** Positions of the tokens that only frame the matter. Their words count elsewhere: "xã An Hưng", "hộ gia đình". */
export function frameTokens(tokens: readonly Token[]): ReadonlySet<number> {
  const frame = new Set<number>()
  tokens.forEach(({ folded }, i) => {
    if (isBabysAge(tokens, i)) for (const k of [i, i + 1, i + 2]) frame.add(k)
    for (const phrase of FRAME)
      if (phrase[0] === folded && phrase.every((word, k) => tokens[i + k]?.folded === word)) phrase.forEach((_, k) => frame.add(i + k))
  })
  return frame
}
