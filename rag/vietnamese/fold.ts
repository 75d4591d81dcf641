const MARKS = /[\u0300-\u036f]/g
const SPACES = /[\s\u00a0\u200b-\u200d\u2060\ufeff]+/g

/** Removes every Vietnamese mark: "Đăng ký" → "dang ky". Works on NFC and NFD text alike; the result is lower case. */
export function fold(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(MARKS, "").replace(/đ/g, "d")
}

/** True when the text carries at least one Vietnamese mark. */
export function hasMarks(text: string): boolean {
  return /[đĐ\u0300-\u036f]/.test(text.normalize("NFD"))
}

/** NFC, one space between words, no invisible characters. */
export function tidy(text: string): string {
  return text.normalize("NFC").replace(SPACES, " ").trim()
}
