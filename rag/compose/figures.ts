/** A figure in running text, brought to one form so that "8,000 VNĐ", "8.000 đồng" and "8 000đ" are the same: "8000 đồng". */
export type Figure = string

const UNITS: readonly (readonly [name: string, written: RegExp])[] = [
  ["đồng", /^(?:đồng|vnđ|vnd|đ)(?!\p{L})/iu],
  ["%", /^%/u],
  ["bản", /^bản(?!\p{L})/iu],
  ["ngày", /^ngày(?!\p{L})/iu],
  ["giờ", /^(?:giờ|h)(?!\p{L})/iu],
  ["tháng", /^tháng(?!\p{L})/iu],
  ["năm", /^năm(?!\p{L})/iu],
  ["tuổi", /^tuổi(?!\p{L})/iu],
]

const NUMBER = /\d+(?:[.,/]\d+)*/g
const ISO_DAY = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g
const ISO_MONTH = /(?<!\d)(\d{4})-(\d{2})(?!\d)/g
const FREE = /miễn (?:phí|lệ phí)|không (?:thu|mất) (?:phí|lệ phí|tiền)/iu

interface Written {
  readonly number: string
  readonly unit: string | null
}

/**
 * Every figure of a text: numbers with their unit (thousands separators removed, leading zeros dropped), dates and codes
 * whole, and "miễn phí", which is a figure too.
 */
export function figuresOf(text: string): Set<Figure> {
  return new Set([...numbersOf(text).map(nameOf), ...(saysFree(text) ? ["miễn phí"] : [])])
}

/** The figures that some texts hold, to look others up in. */
export interface KnownFigures {
  readonly named: ReadonlySet<Figure>
  /** Without their units. */
  readonly numbers: ReadonlySet<string>
  readonly free: boolean
}

/** What a figure may stand in: a text, or what was read out of texts before. */
export type FigureSource = string | KnownFigures

/** Reads the figures of texts that answers are checked against again and again. */
export function readFigures(texts: readonly string[]): KnownFigures {
  const written = texts.flatMap(numbersOf)
  return {
    named: new Set(written.map(nameOf)),
    numbers: new Set(written.map(({ number }) => number)),
    free: texts.some(saysFree),
  }
}

/** Figures of the text that stand in none of the sources. Empty means that nothing was made up. */
export function unsupportedFigures(text: string, sources: readonly FigureSource[]): Figure[] {
  const texts = sources.filter((source) => typeof source === "string")
  const known = [readFigures(texts), ...sources.filter((source) => typeof source !== "string")]
  const isKnown = (figure: Written) =>
    known.some(({ numbers, named }) => (figure.unit === null ? numbers.has(figure.number) : named.has(nameOf(figure))))
  const missing = numbersOf(text).filter((figure) => !isKnown(figure))
  return [...new Set([...missing.map(nameOf), ...(saysFree(text) && !known.some(({ free }) => free) ? ["miễn phí"] : [])])]
}

const nameOf = ({ number, unit }: Written): Figure => (unit === null ? number : `${number} ${unit}`)
const saysFree = (text: string) => FREE.test(text.normalize("NFC"))

function numbersOf(text: string): Written[] {
  const written = text.normalize("NFC").replace(ISO_DAY, "$3/$2/$1").replace(ISO_MONTH, "$2/$1")
  return [...written.matchAll(NUMBER)].map((match) => {
    const after = written.slice(match.index + match[0].length, match.index + match[0].length + 8).replace(/^[ \u00a0]/, "")
    return { number: plain(match[0]), unit: UNITS.find(([, unit]) => unit.test(after))?.[0] ?? null }
  })
}

function plain(written: string): string {
  if (/^\d{1,3}(?:[.,]\d{3})+$/.test(written)) return written.replace(/[.,]/g, "")
  return written.replace(/(?<![\d.,])0+(?=\d)/g, "")
}
