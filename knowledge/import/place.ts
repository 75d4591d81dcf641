const KINDS = "xã|phường|thị trấn|đặc khu|huyện ủy|huyện|quận|thị xã|thành phố|tỉnh"
const SPELLINGS = [
  KINDS,
  KINDS.toUpperCase(),
  KINDS.replace(/(^|\|)(\p{L})/gu, (_, bar: string, first: string) => bar + first.toUpperCase()),
].join("|")
/** A word for an administrative unit and the capitalised name after it; "huyện UBND" in a stamp is no name. */
const UNIT = new RegExp(`(?<!\\p{L})(${SPELLINGS})\\s+((?!UBND|HĐND|ỦY|HỘI)\\p{Lu}\\p{L}*(?:\\s(?!UBND|HĐND)\\p{Lu}\\p{L}*){0,3})`, "u")

/** The first administrative unit named in a text ("xã An Hưng", "thành phố Hải Phòng"), or null. */
export function placeOf(text: string): string | null {
  const match = UNIT.exec(text.normalize("NFC"))
  if (!match?.[1] || !match[2]) return null
  const kind = match[1].toLowerCase().replace("huyện ủy", "huyện")
  const name =
    match[2] === match[2].toUpperCase()
      ? match[2].toLowerCase().replace(/(^|\s)(\p{L})/gu, (_, gap: string, first: string) => gap + first.toUpperCase())
      : match[2]
  return `${kind} ${name}`
}
