import { unsupportedFigures } from "../compose/figures.ts"
import type { LiveKnowledge } from "../live.ts"
import type { Step } from "../pipeline.ts"
import type { AnswerTexts } from "../texts.ts"

/**
 * The last word before an answer leaves: every figure stands in the record or passage that it names, every citation is of
 * the live knowledge. An answer that fails is withheld, with its reason in the trace.
 */
export function verify(texts: AnswerTexts): Step {
  return (draft) => {
    const { reply, live } = draft
    if (!reply) return { draft, verdict: "nothing to verify" }
    const figures = unsupportedFigures(`${reply.text}\n${Object.values(reply.fields).join("\n")}`, reply.support)
    const citations = reply.citations.filter((c) => !isKnown(c.sourceId, live)).map((c) => c.sourceId)
    if (figures.length === 0 && citations.length === 0) return { draft, verdict: "ok" }
    const text = texts.refusal({ status: "failed_verification", question: draft.masked, nearest: [], way: live.way })
    const withheld = {
      status: "failed_verification" as const,
      text,
      fields: {},
      citations: [],
      choices: [],
      context: null,
      support: [text],
    }
    return { draft: { ...draft, reply: withheld }, verdict: "withheld", details: { figures, citations } }
  }
}

const isKnown = (id: string, { base, passages }: LiveKnowledge) =>
  base.procedures.some((p) => p.code === id) || passages.passages.some((p) => p.documentId === id)
