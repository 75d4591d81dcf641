import type { Passage } from "../../knowledge/passages.ts"

/** A passage with what its document says of itself. */
export interface SourcedPassage extends Passage {
  readonly title: string
  /** Folded name of the place that the document speaks for; null: for everybody. */
  readonly place: string | null
  readonly placeWritten: string | null
  /** A city's or province's document covers its communes. */
  readonly wide: boolean
  readonly verified: boolean
  readonly date: string | null
  readonly url: string | null
  readonly expires: string | null
  /** Other words under which it is looked for; indexed with the headings, never shown. */
  readonly alsoCalled: string
  /** Where the figures of the text must stand, when that is not the text itself: the verbatim words of its source. */
  readonly evidence?: string
  /** The text of each block as it is searched: of a scan with the misread words mended. Never shown. */
  readonly readable: readonly string[]
}
