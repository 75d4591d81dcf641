import type { MarkedLine } from "./marked-lines.ts"
import mammoth from "mammoth"
import WordExtractor from "word-extractor"
import type { SourceLine } from "../import/structure.ts"
import { linesOfHtml } from "./dom-lines.ts"
import type { ReadLimits } from "./limits.ts"
import { UnreadableFileError } from "./unreadable.ts"
import { checkZip } from "./zip.ts"

const OLE = 0xd0

/** The lines of a DOCX: headings by their styles, lists, tables. Pictures are left out. */
export async function readDocx(bytes: Uint8Array, limits: ReadLimits): Promise<MarkedLine[]> {
  // A password turns a DOCX into the old container.
  if (bytes[0] === OLE) throw new UnreadableFileError("encrypted")
  checkZip(bytes, limits)
  try {
    const options = { convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })) }
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, options)
    return linesOfHtml(value)
  } catch (error) {
    throw new UnreadableFileError("broken", { cause: error })
  }
}

/** The lines of a Word file of before 2007: its text; tables come cell by cell. */
export async function readDoc(bytes: Uint8Array): Promise<SourceLine[]> {
  try {
    const document = await new WordExtractor().extract(Buffer.from(bytes))
    return document
      .getBody()
      .split(/\r\n|[\r\n\v\f]/)
      .flatMap((line) => [...line.split("\t\t").map((text) => ({ text: text.replace(/\s+/g, " "), page: null }))])
  } catch (error) {
    const encrypted = error instanceof Error && /encrypt|password/i.test(error.message)
    throw new UnreadableFileError(encrypted ? "encrypted" : "broken", { cause: error })
  }
}
