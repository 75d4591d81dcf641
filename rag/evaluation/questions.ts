import { z } from "zod"
import { FIELDS } from "../types.ts"
import { readJsonLines } from "./json-lines.ts"

const question = z.looseObject({
  id: z.string(),
  question: z.string().min(1),
  history: z.array(z.string()).optional(),
  origin: z.string().optional(),
  style: z.string().optional(),
  expect: z.looseObject({
    codes: z.array(z.string()).optional(),
    fields: z.array(z.enum(FIELDS)).optional(),
    doc: z.string().optional(),
    docs: z.array(z.string()).optional(),
    spans: z.array(z.string()).optional(),
    answerable: z.boolean().optional(),
    status: z.string().optional(),
  }),
})

export type EvalQuestion = z.infer<typeof question>

/** Reads question files (JSONL). Throws InvalidInputError that lists every line at fault. */
export function readQuestions(files: readonly string[]): Promise<EvalQuestion[]> {
  return readJsonLines(files, question, "Tệp câu hỏi có dòng chưa đúng")
}
