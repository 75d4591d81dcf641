import { vietnameseShare } from "../quality/spelling.ts"
import { looksUtf16 } from "./kinds.ts"
import { fromTcvn3, fromVni } from "./legacy-encodings.ts"

export interface Decoded {
  /** NFC, without the mark at its beginning. */
  readonly text: string
  /** The encoding in words when it was not UTF-8; null when it was. */
  readonly encoding: string | null
}

// Everything after this much is decoded the same way; enough to tell encodings apart.
const SAMPLE = 20_000
/** What a legacy reading must be better by, as a share of words: text that is not Vietnamese stays as it is. */
const CLEAR = 0.15

const tidied = (text: string) => text.replace(/^\ufeff/, "").normalize("NFC")

/** The text of bytes in UTF-8, UTF-16, Windows-1258, TCVN3 or VNI; of the old encodings the one that reads as Vietnamese. */
export function decode(bytes: Uint8Array): Decoded {
  const wide = looksUtf16(bytes)
  if (wide) return { text: tidied(new TextDecoder(wide).decode(bytes)), encoding: "UTF-16" }
  try {
    return repaired(tidied(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), null)
  } catch {
    const vietnamese = tidied(new TextDecoder("windows-1258").decode(bytes))
    return repaired(tidied(new TextDecoder("windows-1252").decode(bytes)), { text: vietnamese, encoding: "Windows-1258" })
  }
}

/** Text that was typed for an old font and now looks like “ViÖt Nam” is turned into Unicode; other text stays. */
export function repairOldFonts(text: string): Decoded {
  return repaired(text, null)
}

function repaired(western: string, other: { text: string; encoding: string } | null): Decoded {
  const asWritten = { text: other?.text ?? western, encoding: other?.encoding ?? null, convert: (t: string) => t }
  const start = western.slice(0, SAMPLE)
  const base = vietnameseShare(asWritten.text.slice(0, SAMPLE))
  const candidates = [
    { encoding: "TCVN3 (ABC)", convert: fromTcvn3 },
    { encoding: "VNI", convert: fromVni },
  ].map((candidate) => ({ ...candidate, share: vietnameseShare(candidate.convert(start)) }))
  const best = candidates.sort((a, b) => b.share - a.share)[0]
  if (!best || best.share < base + CLEAR) return { text: asWritten.text, encoding: asWritten.encoding }
  return { text: best.convert(western).normalize("NFC"), encoding: best.encoding }
}
