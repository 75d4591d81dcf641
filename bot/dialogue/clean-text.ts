// Control signs (line break and tab stay), soft hyphens, zero-width and direction marks, and halves of surrogate pairs.
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu
const LINE_BREAK = /\r\n?|[\u0085\u2028\u2029]/g

/** A citizen's text as every later step sees it: NFC, plain line breaks, nothing invisible, no space at the ends. */
export function cleanText(text: string): string {
  return text.replace(LINE_BREAK, "\n").replace(INVISIBLE, "").normalize("NFC").trim()
}
