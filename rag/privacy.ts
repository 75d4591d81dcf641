interface MaskRule {
  readonly name: string
  readonly pattern: RegExp
  readonly mark: string
}

/**
 * Personal numbers as citizens type them, spaced or dotted (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; the forms are those of
 * identity cards, health insurance, mobile phones, bank accounts, number plates). Order matters: longer forms first.
 * Fees, dates and document numbers ("8.000 đồng", "5049/QĐ-UBND", "1.001193") must pass untouched.
 */
const RULES: readonly MaskRule[] = [
  { name: "email", pattern: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu, mark: "[thư điện tử]" },
  { name: "health_insurance", pattern: /(?<![\p{L}\p{N}])[A-Z]{2}[ .]?\d(?:[ .]?\d){12}(?!\d)/giu, mark: "[số thẻ BHYT]" },
  { name: "phone", pattern: /(?<!\d[.,/]?)(?:\+?84|0)[ .-]?[35789](?:[ .-]?\d){8}(?!\d)/gu, mark: "[số điện thoại]" },
  { name: "identity", pattern: /(?<!\d[.,/]?)\d(?:[ .-]?\d){11}(?!\d|[.,]\d)/gu, mark: "[số định danh]" },
  { name: "old_identity", pattern: /(?<!\d[.,/]?)\d{9}(?!\d|[.,]\d)/gu, mark: "[số giấy tờ]" },
  {
    name: "account",
    pattern: /(?<=(?:stk|tài khoản|tai khoan|số tk|so tk)\D{0,12})\d(?:[ .]?\d){7,18}(?![\d.]|\s*(?:đồng|đ|vnđ|triệu|nghìn)(?!\p{L}))/giu,
    mark: "[số tài khoản]",
  },
  { name: "one_time_code", pattern: /(?<=(?:otp|mã xác nhận|ma xac nhan|mã xác thực)\D{0,10})\d{4,8}(?!\d)/giu, mark: "[mã OTP]" },
  { name: "plate", pattern: /(?<![\p{L}\p{N}])\d{2}[A-Z]{1,2}\d?[ -]?\d{3}[.]?\d{2}(?!\d)/giu, mark: "[biển số]" },
  { name: "house", pattern: /(?<=(?:số nhà|so nha|nhà số|nha so)\s*)\d+[\p{L}\d/]*/giu, mark: "[số nhà]" },
]

export interface Masked {
  readonly text: string
  /** Names of the rules that found something. */
  readonly found: readonly string[]
}

/** The text with personal numbers replaced by marks. Done before a model, a log or the evidence sees it. */
export function maskPersonalData(text: string): Masked {
  const found: string[] = []
  let masked = text
  for (const { name, pattern, mark } of RULES) {
    const next = masked.replace(pattern, mark)
    if (next !== masked) found.push(name)
    masked = next
  }
  return { text: masked, found }
}
