import path from "node:path"
import { zipEntries } from "./zip.ts"

/** What a file is, told by its content. */
export type FileKind =
  "pdf" | "docx" | "doc" | "xlsx" | "xls" | "html" | "markdown" | "text" | "jsonl" | "yaml" | "image" | "rtf" | "csv" | "unknown"

export const KIND_LABEL: Readonly<Record<FileKind, string>> = {
  pdf: "PDF",
  docx: "Word",
  doc: "Word kiểu cũ",
  xlsx: "Excel",
  xls: "Excel kiểu cũ",
  html: "trang web (HTML)",
  markdown: "Markdown",
  text: "văn bản thường",
  jsonl: "JSONL thủ tục",
  yaml: "YAML",
  image: "ảnh",
  rtf: "RTF",
  csv: "CSV",
  unknown: "loại chưa biết",
}

/** Endings that people know, each with what it promises. */
const ENDINGS: Readonly<Record<string, FileKind>> = {
  ".pdf": "pdf",
  ".docx": "docx",
  ".doc": "doc",
  ".xlsx": "xlsx",
  ".xls": "xls",
  ".html": "html",
  ".htm": "html",
  ".md": "markdown",
  ".txt": "text",
  ".jsonl": "jsonl",
  ".yaml": "yaml",
  ".yml": "yaml",
  ".jpg": "image",
  ".jpeg": "image",
  ".png": "image",
  ".rtf": "rtf",
  ".csv": "csv",
}

const TEXTS: ReadonlySet<FileKind> = new Set(["html", "markdown", "text", "jsonl", "yaml"])

export const isText = (kind: FileKind) => TEXTS.has(kind)

export interface Sniffed {
  readonly kind: FileKind
  /** What the name promised when the content is something else. */
  readonly promised: FileKind | null
}

/** Tells the kind of a file by its first bytes; the ending only tells text formats apart, which look alike. */
export function sniff(bytes: Uint8Array, name: string): Sniffed {
  const promised = ENDINGS[path.extname(name).toLowerCase()] ?? null
  const kind = binaryKind(bytes, promised) ?? textKind(bytes, promised)
  return { kind, promised: promised !== null && promised !== kind ? promised : null }
}

const ascii = (bytes: Uint8Array, from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString("latin1")

function binaryKind(bytes: Uint8Array, promised: FileKind | null): FileKind | null {
  const head = ascii(bytes, 0, 1024)
  if (head.includes("%PDF-")) return "pdf"
  if (head.startsWith("\x89PNG\r\n") || head.startsWith("\xff\xd8\xff")) return "image"
  if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06")) return zippedKind(bytes, promised)
  if (head.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return oldOfficeKind(bytes)
  // Written in letters, but nobody's sentences: as text it would be told to citizens as it stands.
  if (head.startsWith("{\\rtf")) return "rtf"
  return MARKUP.test(head) ? "unknown" : null
}

/** A page packed with its pictures (.mht), and Word 2003's XML; what a browser shows as a page is told by `textKind`. */
const MARKUP =
  /^(?:\xef\xbb\xbf)?\s*(?:MIME-Version:\s*1|(?:From|Subject): .*\r?\n(?:.+\r?\n)*?MIME-Version:|<\?xml(?![^>]*>\s*<(?:!doctype html|html)))/i

function zippedKind(bytes: Uint8Array, promised: FileKind | null): FileKind {
  const entries = zipEntries(bytes)
  // Cut off on its way: what it is can only be told by its name, and its reader will say that it is broken.
  if (entries === null) return promised === "docx" || promised === "xlsx" ? promised : "unknown"
  const names = new Set(entries.map((entry) => entry.name))
  if (names.has("word/document.xml")) return "docx"
  if (names.has("xl/workbook.xml")) return "xlsx"
  return "unknown"
}

/** Word and Excel of before 2007 share a container; the names of its streams are written in UTF-16. */
function oldOfficeKind(bytes: Uint8Array): FileKind {
  const has = (stream: string) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(stream, "utf16le"))
  // A new document with a password is wrapped in the old container too.
  if (has("EncryptedPackage")) return has("Workbook") ? "xls" : "docx"
  if (has("WordDocument")) return "doc"
  return has("Workbook") || has("Book") ? "xls" : "unknown"
}

/** How a web page begins, after comments. */
const PAGE = /^\s*(?:<!--(?:(?!-->)[^])*-->\s*)*(?:<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*<(?:!doctype html|html))/i
/** What is called a page may be a piece of one. */
const TAG = /<\/?[a-z][a-z0-9]*[\s/>]/i
const CONTROL = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/

function textKind(bytes: Uint8Array, promised: FileKind | null): FileKind {
  const head = bytes.subarray(0, 4096)
  const utf16 = looksUtf16(head)
  const start = (utf16 ? new TextDecoder(utf16).decode(head.subarray(0, head.length & ~1)) : ascii(head, 0, head.length)).replace(
    /^(?:\ufeff|ï»¿)/,
    "",
  )
  if (CONTROL.test(start)) return "unknown"
  if (PAGE.test(start) || (promised === "html" && TAG.test(start))) return "html"
  if (promised === "csv" || (promised !== null && isText(promised) && promised !== "html")) return promised
  return /^\s*\{.*"code"\s*:/.test(start.split("\n", 1)[0] ?? "") ? "jsonl" : "text"
}

/** The byte order of UTF-16, told by its mark or by the empty high bytes of spaces and Latin letters. */
export function looksUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le"
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be"
  let even = 0
  let odd = 0
  const length = Math.min(bytes.length, 4096) & ~1
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  const most = length / 2 / 4
  if (length >= 8 && odd > most && even === 0) return "utf-16le"
  return length >= 8 && even > most && odd === 0 ? "utf-16be" : null
}
