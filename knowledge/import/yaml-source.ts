import { LineCounter, isAlias, isMap, isSeq, parseDocument, visit, type Document, type Node } from "yaml"

/** What a YAML text holds and where; or each fault with its line. */
export type YamlReading =
  { readonly value: unknown; readonly lineOf: (path: readonly PropertyKey[]) => number } | { readonly faults: readonly string[] }

const REASONS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "thụt dòng bằng phím Tab, xin dùng dấu cách",
  BAD_INDENT: "thụt dòng chưa thẳng hàng",
  DUPLICATE_KEY: "trường này ghi hai lần",
  MISSING_CHAR: "thiếu dấu nháy, dấu ngoặc hoặc dấu hai chấm",
  BLOCK_AS_IMPLICIT_KEY: "câu có dấu hai chấm, xin đặt cả câu trong dấu nháy",
  MULTILINE_IMPLICIT_KEY: "dòng này không có dạng “tên trường: giá trị”",
}

/** Reads one YAML text. `before` lines of the file stand in front of it. */
export function readYaml(text: string, before = 0): YamlReading {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const at = (offset: number) => lines.linePos(offset).line + before
  // The most telling last: one fault makes the parser stumble over the rest of its line, and each line is told once.
  const faults = [...document.errors.map((e) => ({ offset: e.pos[0], reason: reasonOf(e, text) })).reverse(), ...brokenAliases(document)]
  if (faults.length > 0) {
    const byLine = new Map(faults.map(({ offset, reason }) => [at(offset), reason]))
    return { faults: [...byLine].sort(([a], [b]) => a - b).map(([line, reason]) => `dòng ${line}: ${reason}`) }
  }
  try {
    const value: unknown = document.toJS()
    return { value, lineOf: (path) => at(nodeAt(document.contents, path)?.range?.[0] ?? 0) }
  } catch (error) {
    // Aliases of aliases of aliases: a file of a few lines that would fill the memory.
    if (error instanceof ReferenceError) return { faults: ["dòng 1: dùng dấu * để nhắc lại quá nhiều lần"] }
    throw error
  }
}

function reasonOf({ code, pos }: { readonly code: string; readonly pos: readonly [number, number] }, text: string): string {
  const lineStart = text.lastIndexOf("\n", pos[0] - 1) + 1
  const indent = /^\s*/.exec(text.slice(lineStart))?.[0] ?? ""
  return REASONS[indent.includes("\t") ? "TAB_AS_INDENT" : code] ?? `không đúng cách viết YAML (${code})`
}

/** A value that begins with "*" is a reference in YAML, which people who mean emphasis do not know. */
function brokenAliases(document: Document): { offset: number; reason: string }[] {
  const found: { offset: number; reason: string }[] = []
  visit(document, (_key, node) => {
    if (!isAlias(node) || node.resolve(document)) return
    found.push({ offset: node.range?.[0] ?? 0, reason: "giá trị bắt đầu bằng dấu *, xin đặt trong dấu nháy" })
  })
  return found
}

/** The innermost node on the way to a field that exists. */
function nodeAt(root: Node | null, path: readonly PropertyKey[]): Node | null {
  let node = root
  for (const key of path) {
    const next: unknown = isMap(node) || isSeq(node) ? node.get(key, true) : undefined
    if (typeof next !== "object" || next === null) break
    node = next as Node
  }
  return node
}
