/** Turns texts into unit vectors of equal length. Another name means other vectors: nothing is mixed across names. */
export interface Embedder {
  readonly name: string
  readonly dimensions: number
  /** True when only alike spelling brings texts near: it forgives slips in names, but adds nothing to words in running text. */
  readonly spellingOnly?: boolean
  /** Vectors in the order of the texts. Throws UpstreamError when a service behind it fails. */
  embed(texts: readonly string[]): Promise<Float32Array[]>
}
