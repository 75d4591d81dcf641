import { z } from "zod"

const NAMES: Readonly<Record<string, string>> = {
  string: "chữ",
  number: "số",
  int: "số nguyên",
  boolean: "true hoặc false",
  array: "một danh sách",
  object: "một nhóm gồm tên trường và giá trị",
  record: "một nhóm gồm tên trường và giá trị",
}

const vietnamese = z.locales.vi().localeError

/** Given to every parse of what people wrote: faults are then told in words an officer can act on. */
export const inVietnamese = { error: sayWhy } as const

/** Each fault with the field that it is in. */
export const faultsOf = (issues: readonly z.core.$ZodIssue[]): string[] => issues.map((issue) => `${fieldOf(issue)}: ${issue.message}`)

export const fieldOf = (issue: z.core.$ZodIssue) => issue.path.join(".") || "mục"

function sayWhy(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "còn thiếu" : `cần là ${NAMES[issue.expected] ?? issue.expected}`
    case "unrecognized_keys":
      return `không có trường nào tên là ${quoted(issue.keys)}; xin kiểm tra chính tả`
    case "invalid_value":
      return `chỉ nhận ${quoted(issue.values)}`
    case "invalid_union":
      return Array.isArray(issue.options) ? `chỉ nhận ${quoted(issue.options)}` : "giá trị không đúng kiểu"
    case "too_small":
      return sizeOf(issue.origin, "ít nhất", issue.minimum)
    case "too_big":
      return sizeOf(issue.origin, "nhiều nhất", issue.maximum)
    case "invalid_format":
      return FORMATS[issue.format] ?? "viết chưa đúng dạng"
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "not_multiple_of": {
      const said = vietnamese(issue)
      return typeof said === "string" ? said : said?.message
    }
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  date: "ngày cần có thật và viết dạng năm-tháng-ngày, ví dụ 2026-03-22",
  url: "địa chỉ web cần đầy đủ, ví dụ https://dichvucong.gov.vn",
}

function sizeOf(origin: string, bound: string, limit: number | bigint): string {
  if (origin === "string") return limit === 1 ? "đang để trống" : `cần ${bound} ${limit} ký tự`
  if (origin === "array") return `cần ${bound} ${limit} mục`
  return bound === "ít nhất" ? `cần lớn hơn hoặc bằng ${limit}` : `cần nhỏ hơn hoặc bằng ${limit}`
}

const quoted = (values: readonly unknown[]) => values.map((value) => `“${String(value)}”`).join(", ")
