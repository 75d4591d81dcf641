const UNIT_FIRST =
  /(?<![\p{L}])(Xã|Phường|Thị trấn|Đặc khu|Huyện ủy|Huyện|Quận|Thị xã|Thành phố|Tỉnh|xã|phường|thị trấn|đặc khu|huyện ủy|huyện|quận|thị xã|thành phố|tỉnh)\s+((?:\p{Lu}[\p{L}]*)(?:\s\p{Lu}[\p{L}]*){0,3})/u

/** The first administrative unit named in a text ("xã An Hưng", "thành phố Hải Phòng"), or null. */
export function placeOf(text: string): string | null {
  const match = UNIT_FIRST.exec(text.normalize("NFC"))
  if (!match?.[1] || !match[2]) return null
  const kind = match[1].toLowerCase().replace("huyện ủy", "huyện")
  return `${kind} ${match[2]}`
}
