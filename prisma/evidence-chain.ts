import { createHash } from "node:crypto"
import { z } from "zod"

/** The hash that the first entry carries as the one before it. */
export const GENESIS_HASH = "0".repeat(64)

const hash = z.string().regex(/^[0-9a-f]{64}$/)

const entrySchema = z.strictObject({
  seq: z.int(),
  at: z.string(),
  kind: z.string(),
  body: z.record(z.string(), z.unknown()),
  previousHash: hash,
  hash,
})

/** One entry as it leaves the house; `at` is ISO 8601 in UTC, `hash` covers all the rest. */
export type ExportedEntry = Readonly<z.infer<typeof entrySchema>>

/** An entry, or why none can be made out where one should be. */
export type ChainItem = ExportedEntry | { readonly unreadable: string }

export type ChainVerdict =
  | { readonly ok: true; readonly count: number; readonly lastHash: string }
  /** `count` entries hold; the next one, number `brokenAt` (also its line in an export), does not. */
  | { readonly ok: false; readonly count: number; readonly brokenAt: number; readonly reason: string }

/** Returns JSON that is the same for equal values: keys sorted, nothing between the tokens (as RFC 8785 has it). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(",")}}`
}

/** Returns SHA-256, in hex, of the entry without its own hash. */
export function hashOf({ seq, at, kind, body, previousHash }: Omit<ExportedEntry, "hash">): string {
  return createHash("sha256").update(canonicalJson({ seq, at, kind, body, previousHash })).digest("hex")
}

/**
 * Says whether each entry follows from the one before, and else names the first that does not, with a Vietnamese reason.
 * Entries missing at the very end cannot be seen from the rest: compare `count` and `lastHash` with what was noted earlier.
 */
export async function verifyChain(items: AsyncIterable<ChainItem> | Iterable<ChainItem>): Promise<ChainVerdict> {
  let count = 0
  let lastHash = GENESIS_HASH
  for await (const item of items) {
    const seq = count + 1
    const fault = faultOf(item, seq, lastHash)
    if (fault !== undefined) return { ok: false, count, brokenAt: seq, reason: `Mục ${seq}: ${fault}.` }
    if ("hash" in item) lastHash = item.hash
    count = seq
  }
  return { ok: true, count, lastHash }
}

function faultOf(item: ChainItem, seq: number, previousHash: string): string | undefined {
  if ("unreadable" in item) return item.unreadable
  if (item.seq !== seq) return `số thứ tự ghi là ${item.seq}, nên có mục bị xóa, bị chèn thêm hoặc bị đổi chỗ`
  if (item.previousHash !== previousHash) return "không nối tiếp mục liền trước (mã băm của mục trước không khớp)"
  if (item.hash !== hashOf(item)) return "nội dung đã bị sửa (mã băm không khớp)"
  return undefined
}

/** Returns what a value is as an entry; a stranger to the shape comes back as unreadable. */
export function toChainItem(value: unknown): ChainItem {
  const parsed = entrySchema.safeParse(value)
  return parsed.success ? parsed.data : { unreadable: "không đúng cấu trúc của một mục nhật ký" }
}

/** Reads an exported JSONL file piece by piece (a read stream will do) and yields one item per line. */
export async function* parseExport(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<ChainItem> {
  const newline = 0x0a
  let rest: Uint8Array[] = []
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      yield parseLine(Buffer.concat([...rest, chunk.subarray(start, end)]))
      rest = []
      start = end + 1
    }
    rest.push(chunk.subarray(start))
  }
  const last = Buffer.concat(rest)
  if (last.length > 0) yield parseLine(last)
}

/** Takes only what `exportEvidence` writes, to the byte: a file that was touched at all should not pass as untouched. */
function parseLine(bytes: Uint8Array): ChainItem {
  try {
    const line = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
    const value: unknown = JSON.parse(line)
    if (canonicalJson(value) !== line) return { unreadable: "dòng đã bị ghi lại, không còn đúng từng ký tự như khi xuất" }
    return toChainItem(value)
  } catch {
    return { unreadable: "dòng không đọc được (không phải JSON)" }
  }
}
