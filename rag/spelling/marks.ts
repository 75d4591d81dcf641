const TONES = new Set(["\u0300", "\u0301", "\u0303", "\u0309", "\u0323"])
/** Hỏi and ngã are one tone in the south. */
const SAME_TONE = new Set(["\u0303\u0309", "\u0309\u0303"])

/** What it costs, in nats, that these marks were typed where those were meant. */
const MARK = { leftOut: 1.8, leftOutWithLetter: 0.5, toneAlike: 1.5, toneOther: 4.5, shapeTooMuch: 2 } as const

/** How far the marks that were typed are from those of a form. Letters are compared elsewhere; those left out took marks along. */
export function marksCost(typed: string, form: string): number {
  const [a, b] = [marksOf(typed), marksOf(form)]
  const leftOut = b.letters > a.letters ? MARK.leftOutWithLetter : MARK.leftOut
  return toneCost(a.tone, b.tone, leftOut) + shapesCost(a.shapes, b.shapes, leftOut)
}

function toneCost(typed: string, meant: string, leftOut: number): number {
  if (typed === meant) return 0
  if (typed === "") return leftOut
  return SAME_TONE.has(typed + meant) ? MARK.toneAlike : MARK.toneOther
}

function shapesCost(typed: readonly string[], meant: readonly string[], leftOut: number): number {
  const left = [...meant]
  let extra = 0
  for (const mark of typed) {
    const at = left.indexOf(mark)
    if (at < 0) extra++
    else left.splice(at, 1)
  }
  return extra * MARK.shapeTooMuch + left.length * leftOut
}

interface Marks {
  readonly letters: number
  readonly tone: string
  readonly shapes: readonly string[]
}

/** The same few thousand forms are compared over and over. */
const known = new Map<string, Marks>()
const MAX_KNOWN = 20_000

function marksOf(form: string): Marks {
  const before = known.get(form)
  if (before) return before
  const chars = Array.from(form.normalize("NFD").replace(/đ/g, "d\u0335"))
  const marks = chars.filter((char) => /[\u0300-\u036f]/.test(char))
  const found = {
    letters: chars.length - marks.length,
    tone: marks.find((mark) => TONES.has(mark)) ?? "",
    shapes: marks.filter((mark) => !TONES.has(mark)),
  }
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(form, found)
  return found
}
