import { readFile } from "node:fs/promises"
import type { z } from "zod"
import { InvalidInputError } from "../../errors.ts"

/** Reads JSONL files of one kind of line. Throws InvalidInputError, headed by `fault`, that lists every line at fault. */
export async function readJsonLines<T>(files: readonly string[], schema: z.ZodType<T>, fault: string): Promise<T[]> {
  const items: T[] = []
  const problems: string[] = []
  for (const file of files) {
    const lines = (await readFile(file, "utf8")).split(/\r?\n/)
    lines.forEach((line, i) => {
      if (line.trim() === "") return
      const parsed = schema.safeParse(parseJson(line))
      if (parsed.success) items.push(parsed.data)
      else
        problems.push(
          `${file}: dòng ${i + 1}: ${parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")}`,
        )
    })
  }
  if (problems.length > 0) throw new InvalidInputError(fault, problems)
  return items
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
