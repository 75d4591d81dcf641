import { isLabelled } from "../../knowledge/passages.ts"
import { wantsList, shapesAsked, hasShape } from "../documents/answer-type.ts"
import type { SourcedPassage } from "../documents/passage.ts"
import { analyze } from "../index/analyzer.ts"
import { splitSentences } from "../vietnamese/sentences.ts"

/** A passage that may be quoted, with how well it fits (any scale) and the passage that goes on where it ends. */
export interface Quotable {
  readonly passage: SourcedPassage
  readonly score: number
  readonly next: SourcedPassage | null
}

export interface Asked {
  readonly question: string
  /** What each term of the question is worth. */
  readonly weights: ReadonlyMap<string, number>
}

export interface Quote {
  readonly passage: SourcedPassage
  readonly text: string
}

/** A sentence, list item or table row with what announces it. */
interface Piece {
  readonly text: string
  readonly passage: SourcedPassage
  readonly order: number
  /** The line ending in ":" that this piece stands under. */
  readonly lead: Piece | null
  readonly score: number
}

/** An answer quotes at most this much. */
const MAX_CHARACTERS = 1400
/** Pieces this far below the best one say something else. */
const ENOUGH = 0.65
/** Paragraphs longer than this are quoted by the sentence. */
const LONG = 420
const WORTH = { lead: 0.5, heading: 0.3, passage: 0.6, shape: 0.25 } as const
/** Of a table or list that is not asked for as a whole, the lines around the best one are left out. */
const MAX_LEAD = 320

/** The parts of the passages that answer: the best first, each list with its announcing line, in the order of the document. */
export function excerpts(found: readonly Quotable[], asked: Asked): Quote[] {
  const pieces = piecesOf(found, asked)
  const ranked = [...pieces].sort((a, b) => b.score - a.score)
  const best = ranked[0]
  if (!best) return []
  const kept = new Set<Piece>()
  let room = MAX_CHARACTERS
  const keep = (piece: Piece) => {
    if (kept.has(piece) || (piece.text.length > room && kept.size > 0)) return
    kept.add(piece)
    room -= piece.text.length + 1
  }
  const whole = wantsList(asked.question)
  for (const piece of ranked) {
    if (piece.score < best.score * ENOUGH) break
    if (piece.lead && piece.lead.text.length <= MAX_LEAD) keep(piece.lead)
    keep(piece)
    for (const other of pieces) {
      const listed = other.lead === piece && announces(piece)
      const beside = whole && piece === best && piece.lead !== null && other.lead === piece.lead
      if (listed || beside) keep(other)
    }
  }
  return joined([...kept], MAX_CHARACTERS)
}

const announces = (piece: { readonly text: string }) => piece.text.endsWith(":")

function piecesOf(found: readonly Quotable[], asked: Asked): Piece[] {
  const mass = [...asked.weights.values()].reduce((a, b) => a + b, 0) || 1
  const top = Math.max(...found.map((f) => f.score), 0) || 1
  const shapes = shapesAsked(asked.question)
  const pieces: Piece[] = []
  const seen = new Set<string>()
  let lead: Piece | null = null
  const add = ({ passage, score, heading }: { passage: SourcedPassage; score: number; heading: ReadonlySet<string> }) => {
    for (const { text, readable, item } of linesOf(passage)) {
      const known = pieces.find((p) => p.text === text && p.passage.documentId === passage.documentId)
      if (known || seen.has(`${passage.documentId}\n${text}`)) {
        if (known && announces(known)) lead = known
        continue
      }
      seen.add(`${passage.documentId}\n${text}`)
      // A "-" after the "+" of an inner list stands beside the line that announced it.
      if (lead && markOf(text) !== "" && markOf(text) === markOf(lead.text)) lead = null
      const under: Piece | null = item ? lead : null
      const own = new Set(analyze(readable))
      const leading = new Set(under ? analyze(under.text) : [])
      let share = 0
      for (const [term, worth] of asked.weights) {
        if (own.has(term)) share += worth
        else if (leading.has(term)) share += worth * WORTH.lead
        else if (heading.has(term)) share += worth * WORTH.heading
      }
      const shaped = shapes.length > 0 && shapes.every((shape) => hasShape(readable, shape)) ? WORTH.shape : 0
      const piece = { text, passage, order: pieces.length, lead: under, score: share / mass + shaped + (WORTH.passage * score) / top }
      pieces.push(piece)
      if (announces(piece)) lead = piece
      else if (!item) lead = null
    }
  }
  for (const { passage, score, next } of found) {
    const heading = new Set(analyze(passage.path.join("\n")))
    lead = null
    add({ passage, score, heading })
    if (next) add({ passage: next, score: score * 0.9, heading })
  }
  return pieces
}

const markOf = (text: string) => /^[-+*•–]/.exec(text)?.[0] ?? ""

/** The lines of a passage, as they stand and as they are read; long paragraphs by the sentence. */
function linesOf(passage: SourcedPassage): { text: string; readable: string; item: boolean }[] {
  return passage.blocks.flatMap((block, b) => {
    const readable = passage.readable[b] ?? block.text
    if (block.text.length <= LONG || block.kind === "row")
      return [{ text: block.text, readable, item: block.kind !== "paragraph" || isLabelled(block) }]
    const mended = splitSentences(readable)
    const sentences = splitSentences(block.text)
    const same = mended.length === sentences.length
    return sentences.map(({ text }, i) => ({
      text,
      readable: (same ? mended[i]?.text : null) ?? text,
      item: block.kind === "item" && i === 0,
    }))
  })
}

/** One quote a passage, in the order of the best piece of each; pieces keep the order of the document. */
function joined(kept: readonly Piece[], room: number): Quote[] {
  const passages = [...new Set([...kept].sort((a, b) => b.score - a.score).map((p) => p.passage))]
  return passages.map((passage) => ({
    passage,
    text: kept
      .filter((p) => p.passage === passage)
      .sort((a, b) => a.order - b.order)
      .map((p) => cutAtSpace(p.text, room))
      .join("\n"),
  }))
}

/** Never in the middle of a figure: "1.500.000" cut short would be another amount. */
const cutAtSpace = (text: string, length: number) => (text.length <= length ? text : text.slice(0, text.lastIndexOf(" ", length)))
