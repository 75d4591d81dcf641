import { fold, tidy } from "../rag/vietnamese/fold.ts"
import type { Choice } from "./message.ts"

// Both spellings of each word: folding the citizen's text instead would read "bà" as "ba" and "nam" in "nám" as "năm".
const WORDS: Readonly<Record<string, number>> = {
  một: 1,
  mot: 1,
  hai: 2,
  ba: 3,
  bốn: 4,
  bon: 4,
  tư: 4,
  tu: 4,
  năm: 5,
  nam: 5,
  sáu: 6,
  sau: 6,
  bảy: 7,
  bẩy: 7,
  bay: 7,
  tám: 8,
  tam: 8,
  chín: 9,
  chin: 9,
  mười: 10,
  muoi: 10,
  nhất: 1,
  nhat: 1,
  nhì: 2,
  nhi: 2,
}
const BEFORE =
  /^(?:(?:dạ|da|em|tôi|toi|cháu|chau|cho|lấy|lay|xem|chọn|chon|lựa chọn|lua chon|số|so|câu|cau|mục|muc|cái|cai|ý|y|thứ|thu|phương án|phuong an)\s+)+/
const AFTER = /(?:\s+(?:ạ|a|nhé|nhe|nha|đi|di|giúp|giup|với|voi))+$/
const NUMBER = /^[([]?(\d{1,2})[)\].:,]*$/
const STRAY = /^[([]?\d{1,2}[)\].:,]*$/
const NUMBERED_LINE = /^(\d{1,2})[).:]\s*(\S.*)$/

/** "Cái đầu tiên", "cuối": by place instead of number. */
const FIRST = new Set(["đầu", "dau", "đầu tiên", "dau tien", "trên cùng", "tren cung"])
const LAST = new Set(["cuối", "cuoi", "cuối cùng", "cuoi cung", "dưới cùng", "duoi cung", "sau cùng", "sau cung"])

/** Finds the choice that a citizen typed: "1", "1.", "số 1", "một", the label or the label without diacritics; null when none is meant. */
export function typedChoice(text: string, choices: readonly Choice[]): Choice | null {
  if (choices.length === 0) return null
  const typed = tidy(text)
  return byLabel(typed, choices) ?? byNumberedLine(typed, choices) ?? choices[numberIn(typed, choices.length) - 1] ?? null
}

/** True when a number was typed that stands before none of the choices: "9" of four. What is more than a number is a question. */
export function isStrayNumber(text: string, choices: readonly Choice[]): boolean {
  return choices.length > 0 && STRAY.test(bareOf(tidy(text))) && typedChoice(text, choices) === null
}

function byLabel(typed: string, choices: readonly Choice[]): Choice | null {
  const exact = choices.find((choice) => tidy(choice.label) === typed)
  if (exact) return exact
  const same = choices.filter((choice) => plain(choice.label) === plain(typed))
  return same.length === 1 ? (same[0] ?? null) : null
}

/** "2. Đăng ký lại khai sinh": a line of the list, copied; number and label must agree. */
function byNumberedLine(typed: string, choices: readonly Choice[]): Choice | null {
  const [, number, label] = NUMBERED_LINE.exec(typed) ?? []
  const choice = choices[Number(number) - 1]
  return choice && label !== undefined && plain(choice.label) === plain(label) ? choice : null
}

/** The number that the whole text stands for, 0 when it stands for none. */
function numberIn(typed: string, count: number): number {
  const bare = bareOf(typed)
  if (FIRST.has(bare)) return 1
  if (LAST.has(bare)) return count
  return Number(NUMBER.exec(bare)?.[1] ?? (Object.hasOwn(WORDS, bare) ? WORDS[bare] : 0))
}

/** Without the words that only lead up to a number or follow it politely. */
function bareOf(typed: string): string {
  return typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(BEFORE, "")
    .replace(AFTER, "")
    .replace(/[.!]+$/, "")
}

function plain(label: string): string {
  return fold(tidy(label)).replace(/[\s.,;:!?…]+$/, "")
}
