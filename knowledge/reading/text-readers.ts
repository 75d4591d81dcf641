import { fromMarkdown } from "../import/markdown.ts"
import { readPortalLines } from "../import/portal-lines.ts"
import { readTypedRecords } from "../import/typed-records.ts"
import { documentItem } from "../item.ts"
import { decode } from "./encoding.ts"
import { onePage } from "./outcome.ts"
import type { Readers } from "./read-source.ts"

/** Formats that are text: cheap and harmless enough to be read by the program itself. */
export const TEXT_READERS: Readers = {
  text: ({ bytes }) => {
    const { text, encoding } = decode(bytes)
    return {
      ...onePage(text.split(/\r\n|[\r\n\f]/).map((line) => ({ text: line.replace(/[ \t\u00a0]+/g, " "), page: null }))),
      notes: encodingNote(encoding),
    }
  },
  markdown: ({ bytes, id }) => {
    const { text, encoding } = decode(bytes)
    return { items: [documentItem(fromMarkdown(id, text))], problems: [], text, notes: encodingNote(encoding) }
  },
  jsonl: ({ bytes }, { aliases }) => readPortalLines(decode(bytes).text, aliases),
  yaml: ({ bytes }) => readTypedRecords(decode(bytes).text),
}

export const encodingNote = (encoding: string | null) => (encoding ? [`Tệp dùng bảng mã cũ ${encoding}, đã chuyển sang Unicode.`] : [])
