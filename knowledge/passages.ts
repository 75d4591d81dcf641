import { createHash } from "node:crypto"
import type { Block, KnowledgeDocument, Section } from "./document.ts"

/** A stretch of a document that can answer on its own: the unit of search. */
export interface Passage {
  /** Document id and a digest of place and wording: the same text keeps its id from one version to the next. */
  readonly id: string
  readonly documentId: string
  /** Headings, outermost first. */
  readonly path: readonly string[]
  readonly page: number | null
  readonly blocks: readonly Block[]
  readonly text: string
  /** False when the text was read from a scan that nobody compared with it yet: its figures are not certain. */
  readonly verified: boolean
}

const MAX_CHARACTERS = 700

/** Cuts a document into passages along its headings. A list stays with the line that announces it, as long as it fits. */
export function passagesOf(document: KnowledgeDocument): Passage[] {
  const seen = new Map<string, number>()
  return document.sections.flatMap((section) =>
    groups(section).map((blocks) => {
      const text = blocks.map((b) => b.text).join("\n")
      const digest = createHash("sha256")
        .update(`${section.path.join("\n")}\n\n${text}`)
        .digest("hex")
        .slice(0, 12)
      const twin = seen.get(digest) ?? 0
      seen.set(digest, twin + 1)
      const id = `${document.id}#${digest}${twin > 0 ? `.${twin}` : ""}`
      const page = blocks[0]?.page ?? section.page
      return { id, documentId: document.id, path: section.path, page, blocks, text, verified: document.verified }
    }),
  )
}

/** “"4 xin": xin chào, …”: lines that each explain a word are a list, whatever they are marked as. */
export const isLabelled = (block: Block | undefined): boolean => /^["“(]?[^:.;]{1,30}["”)]?:\s+\S/u.test(block?.text ?? "")

function groups(section: Section): Block[][] {
  const result: Block[][] = []
  let current: Block[] = []
  let length = 0
  for (const block of section.blocks) {
    const announces = current.at(-1)?.text.endsWith(":") === true
    const listed = isLabelled(block) && isLabelled(current.at(-1))
    const startsNew = block.kind === "paragraph" && current.length > 0 && !announces && !listed
    if (current.length > 0 && (startsNew || (length + block.text.length > MAX_CHARACTERS && !announces))) {
      result.push(current)
      const intro = current[0]
      // The rest of a long list goes on under the same announcing line.
      current = block.kind === "item" && intro?.text.endsWith(":") === true ? [intro] : []
      length = current[0]?.text.length ?? 0
    }
    current.push(block)
    length += block.text.length
  }
  if (current.length > 0) result.push(current)
  return result
}
