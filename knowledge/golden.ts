import type { Database } from "../prisma/database.ts"
import { KNOWLEDGE_KINDS, type KnowledgeKind } from "./item.ts"

/** A question whose right answer is known: the record that must answer it, and words or figures that must stand in the answer. */
export interface GoldenQuestion {
  readonly id: string
  readonly question: string
  readonly kind: KnowledgeKind
  readonly key: string
  readonly words: readonly string[]
}

/** Every golden question, oldest first. */
export async function goldenQuestions(db: Database): Promise<GoldenQuestion[]> {
  const rows = await db.goldenQuestion.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] })
  return rows.map(({ id, question, kind, key, words }) => ({ id, question, kind: kindOf(kind), key, words: wordsOf(words) }))
}

function kindOf(stored: string): KnowledgeKind {
  const kind = KNOWLEDGE_KINDS.find((known) => known === stored)
  if (!kind) throw new Error(`no such kind of record: ${stored}`)
  return kind
}

/** Stored words as they were given. */
export const wordsOf = (stored: unknown): string[] =>
  Array.isArray(stored) ? stored.filter((word): word is string => typeof word === "string") : []
