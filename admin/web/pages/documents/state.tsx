import { Progress, Stack, Text } from "@mantine/core"
import type { DocumentRow } from "../../../contract/documents.ts"
import { documentTexts as texts } from "./texts.ts"

/** Where a file stands, with its pages while it is being read. */
export function FileState({ row: { stage, pagesDone, pagesTotal } }: { row: DocumentRow }) {
  if (stage !== "reading") return <Text size="sm">{texts.states[stage]}</Text>
  const progress = texts.progress(pagesDone, pagesTotal)
  return (
    <Stack gap={4}>
      <Text size="sm" aria-live="polite">{`${texts.states.reading}: ${progress}`}</Text>
      {pagesTotal !== null && <Progress value={(100 * pagesDone) / pagesTotal} aria-label={progress} />}
    </Stack>
  )
}
