import { Badge, Card, Stack, Text, TextInput, Title } from "@mantine/core"
import { useDebouncedValue } from "@mantine/hooks"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { previewProcedure } from "../../../contract/procedures.ts"
import { call } from "../../api.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { Loading } from "../../parts/loading.tsx"
import type { Body } from "../../parts/record-form/spec.ts"
import { editorTexts } from "./editor-texts.ts"

const texts = editorTexts.preview
const PAUSE_MS = 700

/** What the assistant would answer from the record as it stands in the form. */
export function Preview({ body, valid }: { body: Body; valid: boolean }) {
  const [question, setQuestion] = useState("")
  const [asked] = useDebouncedValue({ body, question, valid }, PAUSE_MS)
  const preview = useQuery({
    queryKey: ["procedure-preview", asked.body, asked.question],
    queryFn: () => call(previewProcedure, { body: { body: asked.body, question: asked.question } }),
    enabled: valid && asked.valid,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  })
  return (
    <Card withBorder component="section">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {texts.title}
        </Title>
        <Text size="sm">{valid ? texts.hint : texts.waiting}</Text>
        <TextInput label={texts.ask} value={question} maxLength={300} onChange={(event) => setQuestion(event.currentTarget.value)} />
        <FaultAlert error={preview.error} />
        {valid && preview.isLoading && <Loading />}
        {preview.data?.answers.map((answer) => (
          <Stack key={answer.question} gap={4} component="article" aria-label={texts.question(answer.question)}>
            <Text size="sm" fw={600}>
              {texts.question(answer.question)}
            </Text>
            <Badge variant="default" tt="none">
              {answer.label}
            </Badge>
            <Text size="sm" className="words">
              {answer.text}
            </Text>
          </Stack>
        ))}
      </Stack>
    </Card>
  )
}
