/** What one file may cost. Everything else of a hostile file is caught by the process that reads it. */
export interface ReadLimits {
  readonly maxBytes: number
  readonly maxPages: number
  /** Bytes that a zipped file (DOCX, XLSX) may hold when unpacked. */
  readonly maxUnpackedBytes: number
  readonly maxZipEntries: number
  /** Width times height of a picture. */
  readonly maxPixels: number
  /** Resident memory of the reading process. */
  readonly maxMemoryBytes: number
  /** How long the reading process may go without finishing a page. */
  readonly pageMs: number
  /** Resolution at which pages are drawn for OCR. */
  readonly dpi: number
}

const MB = 1024 * 1024

export const DEFAULT_LIMITS: ReadLimits = {
  maxBytes: 100 * MB,
  maxPages: 500,
  maxUnpackedBytes: 400 * MB,
  maxZipEntries: 5000,
  maxPixels: 80_000_000,
  maxMemoryBytes: 1024 * MB,
  pageMs: 120_000,
  dpi: 200,
}
