import { readFile } from "node:fs/promises"
import { z } from "zod"
import { InvalidInputError } from "../../errors.ts"
import { FIELDS } from "../types.ts"

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
export async function readQuestions(files: readonly string[]): Promise<EvalQuestion[]> {
  const questions: EvalQuestion[] = []
  const problems: string[] = []
  for (const file of files) {
    const lines = (await readFile(file, "utf8")).split(/\r?\n/)
    lines.forEach((line, i) => {
      if (line.trim() === "") return
      const parsed = question.safeParse(parseJson(line))
      if (parsed.success) questions.push(parsed.data)
      else
        problems.push(
          `${file}: dòng ${i + 1}: ${parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")}`,
        )
    })
  }
  if (problems.length > 0) throw new InvalidInputError("Tệp câu hỏi có dòng chưa đúng", problems)
  return questions
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
