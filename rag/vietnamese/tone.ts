/**
 * Old and new places of the tone mark spell the same word ("hoà" and "hòa", "thuỷ" and "thủy", "uỷ" and "ủy").
 * The new place, which official texts use, is taken as the norm.
 */
const OPEN_VOWEL_PAIRS = /(?<![qQ])([oOuU])([aeyAEY])([\u0300\u0301\u0303\u0309\u0323])(?![\p{L}\u0300-\u036f])/gu

/** NFC text whose tone marks stand where the new orthography puts them; "quý" and "hoàn" are left as they are. */
export function newToneMarks(text: string): string {
  return text.normalize("NFD").replace(OPEN_VOWEL_PAIRS, "$1$3$2").normalize("NFC")
}
