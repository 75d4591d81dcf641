/**
 * Encodings of the time before Unicode, still met in files of the 1990s and 2000s: TCVN 5712:1993 (fonts .VnTime …) and
 * VNI-Windows (fonts VNI-Times …). Both put Vietnamese letters on the places of Western ones.
 */

/** Each Western character before the Vietnamese letter that TCVN3 puts in its place. */
const TCVN3 = pairs(
  "¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ¨ă©âªê«ô¬ơ\u00adư®đ" +
    "µà¶ả·ã¸á¹ạ»ằ¼ẳ½ẵ¾ắÆặÇầÈẩÉẫÊấËậ" +
    "ÌèÎẻÏẽÐéÑẹÒềÓểÔễÕếÖệ×ìØỉÜĩÝíÞị" +
    "ßòáỏâõãóäọåồæổçỗèốéộêờëởìỡíớîợ" +
    "ïùñủòũóúôụõừöử÷ữøứùựúỳûỷüỹýýþỵ",
)

/** VNI writes a letter and its marks one after the other: the marks by the Western character that stands for them. */
const VNI_MARKS: Readonly<Record<string, string>> = {
  ù: "\u0301",
  ø: "\u0300",
  û: "\u0309",
  õ: "\u0303",
  ï: "\u0323",
  â: "\u0302",
  á: "\u0302\u0301",
  à: "\u0302\u0300",
  å: "\u0302\u0309",
  ã: "\u0302\u0303",
  ä: "\u0302\u0323",
  ê: "\u0306",
  é: "\u0306\u0301",
  è: "\u0306\u0300",
  ú: "\u0306\u0309",
  ü: "\u0306\u0303",
  ë: "\u0306\u0323",
}

/** Letters that VNI keeps on one place of their own. */
const VNI_LETTERS = pairs("ñđÑĐôơÔƠöưÖƯæỉÆỈóĩÓĨòịÒỊîỵÎỴ")

function pairs(list: string): ReadonlyMap<string, string> {
  const letters = Array.from(list)
  return new Map(letters.flatMap((letter, i) => (i % 2 === 0 ? [[letter, letters[i + 1] ?? letter] as const] : [])))
}

const replaced = (text: string, table: ReadonlyMap<string, string>) =>
  text.replace(/[\u00a1-\u00ff]/g, (letter) => table.get(letter) ?? letter)

/** Text whose Western characters were meant for a .VnTime font. */
export const fromTcvn3 = (text: string) => replaced(text, TCVN3)

/** Text whose Western characters were meant for a VNI font. */
export function fromVni(text: string): string {
  const marked = text.replace(/([aeouyAEOUYôÔöÖ])([ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])/g, (_, letter: string, mark: string) => {
    return (VNI_LETTERS.get(letter) ?? letter) + (VNI_MARKS[mark.toLowerCase()] ?? mark)
  })
  return replaced(marked, VNI_LETTERS).normalize("NFC")
}
