import { spawn } from "node:child_process"
import { median, type Run } from "./layout.ts"
import { UnreadableFileError } from "./unreadable.ts"

/** One word as the scanner saw it, in pixels. */
export interface ScannedWord extends Run {
  /** 0 to 100, as Tesseract states it. */
  readonly confidence: number
}

/** Reads the words of a picture (PNG or JPEG bytes). Throws UnreadableFileError when there is no OCR or it fails. */
export type ReadPicture = (picture: Uint8Array, dpi: number) => Promise<ScannedWord[]>

const PAGE_TIMEOUT_MS = 90_000

/** Vietnamese OCR by the program `tesseract` of the system. It takes its environment from the process that reads. */
export function createTesseract(program = "tesseract"): ReadPicture {
  return async (picture, dpi) => {
    const args = ["stdin", "stdout", "-l", "vie", "--dpi", String(dpi), "--psm", "3", "tsv"]
    const { code, stdout, stderr } = await run(program, { args, input: picture })
    if (code === 0) return straightened(wordsOfTsv(stdout))
    if (/Failed loading language|couldn't load any languages|Error opening data file/i.test(stderr)) throw new UnreadableFileError("no_ocr")
    throw new UnreadableFileError("ocr_failed", { cause: new Error(stderr.slice(0, 500)) })
  }
}

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function run(program: string, { args, input }: { args: readonly string[]; input: Uint8Array }): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ["pipe", "pipe", "pipe"],
      timeout: PAGE_TIMEOUT_MS,
      killSignal: "SIGKILL",
      windowsHide: true,
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk))
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk))
    child.once("error", (cause) => reject(new UnreadableFileError("no_ocr", { cause })))
    child.once("close", (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString("utf8"), stderr: Buffer.concat(err).toString("utf8") }),
    )
    // The program may end before it has read everything; how it ended says why.
    child.stdin.on("error", () => undefined)
    child.stdin.end(input)
  })
}

const WORD_LEVEL = "5"

interface Word extends ScannedWord {
  readonly line: string
}

/** The words of Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
function wordsOfTsv(tsv: string): Word[] {
  return tsv.split("\n").flatMap((row) => {
    const [level, , block, paragraph, line, , left, top, width, height, confidence, text = ""] = row.split("\t")
    if (level !== WORD_LEVEL || text.trim() === "") return []
    const box = { x: Number(left), y: Number(top), width: Number(width), height: Number(height) }
    return [{ ...box, text: text.trim().normalize("NFC"), confidence: Number(confidence), line: `${block}/${paragraph}/${line}` }]
  })
}

/** Sheets lie askew on the glass: words are moved to where they would be on a straight page, all of a line at one height. */
function straightened(words: readonly Word[]): ScannedWord[] {
  const lines = [...byLine(words).values()]
  const slope = median(lines.flatMap(slopeOf))
  return lines.flatMap((line) => {
    const height = median(line.map((word) => word.height))
    const level = median(line.map((word) => word.y + word.height / 2 - slope * word.x))
    return line.map(({ text, x, width, confidence }) => ({ text, x, width, confidence, height, y: level - height / 2 }))
  })
}

function byLine(words: readonly Word[]): Map<string, Word[]> {
  const lines = new Map<string, Word[]>()
  for (const word of words) lines.set(word.line, [...(lines.get(word.line) ?? []), word])
  return lines
}

const LONG_LINE_PX = 400

function slopeOf(line: readonly Word[]): number[] {
  const [first, last] = [line[0], line.at(-1)]
  if (!first || !last || last.x - first.x < LONG_LINE_PX) return []
  return [(last.y + last.height / 2 - first.y - first.height / 2) / (last.x - first.x)]
}

/** Mean confidence of words, 0 to 1, each counted by its length; null without words. */
export function meanConfidence(words: readonly ScannedWord[]): number | null {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0)
  if (letters === 0) return null
  return words.reduce((sum, word) => sum + Math.max(0, word.confidence) * word.text.length, 0) / letters / 100
}
