const TAGS = /<br\s*\/?>/gi
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff]/g

/** NFC text with the portal's line-break tags, odd spaces and "no information" fillers taken out. */
export function cleanText(raw: string): string {
  const text = raw
    .normalize("NFC")
    .replace(TAGS, "\n")
    .replace(INVISIBLE, "")
    .replace(/[ \t\u00a0]+/g, " ")
  const trimmed = text.replace(/\s*\n\s*/g, "\n").trim()
  return /^(không có thông tin|n\/a|không có|null|-)\.?$/i.test(trimmed) ? "" : trimmed
}

/** The lines of a text without bullets and empty lines. */
export function cleanLines(raw: string): string[] {
  return cleanText(raw)
    .split("\n")
    .map((line) => line.replace(/^[-+•*–]\s*/, "").trim())
    .filter((line) => line !== "")
}

/** Text from a page layout, where a line that goes on in small letters or figures was broken at the page's margin. */
export const unwrapped = (text: string): string => text.replace(/(?<![.:;])\n(?=[\p{Ll}\d(])/gu, " ")
