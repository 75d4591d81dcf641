import type { Block, Section } from "../document.ts"

export type Line =
  | { readonly type: "heading"; readonly level: number; readonly text: string; readonly page?: number | null }
  | { readonly type: "block"; readonly block: Block; readonly page?: number | null }

/**
 * Puts lines under their headings. A heading closes every heading of its own or a deeper level. A heading that is a whole
 * sentence with nothing under it ("Điều 3. Quyết định này có hiệu lực kể từ ngày ký.") becomes a paragraph.
 * A section is on the page of its heading; a block that stands on a later page says so itself.
 */
export function sectionsOf(lines: Iterable<Line>): Section[] {
  const sections: Section[] = []
  let stack: { level: number; text: string }[] = []
  let current: Section = { path: [], page: null, blocks: [] }
  const close = (nextLevel: number) => {
    const last = stack.at(-1)
    const bare = current.blocks.length === 0 && last !== undefined && nextLevel <= last.level && /[.;!?]$/.test(last.text)
    if (bare) sections.push({ path: current.path.slice(0, -1), page: current.page, blocks: [{ kind: "paragraph", text: last.text }] })
    else if (current.blocks.length > 0) sections.push(current)
  }
  for (const line of lines) {
    const page = line.page ?? null
    if (line.type === "block") {
      if (current.blocks.length === 0) current.page ??= page
      current.blocks.push(page === null || page === current.page ? line.block : { ...line.block, page })
      continue
    }
    close(line.level)
    stack = [...stack.filter((h) => h.level < line.level), { level: line.level, text: line.text }]
    current = { path: stack.map((h) => h.text), page, blocks: [] }
  }
  close(0)
  return sections
}
