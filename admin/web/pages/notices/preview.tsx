import { Button, Card, Group, Stack, Text, TextInput, Title } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useState } from "react"
import { type NoticeKind, previewNotice } from "../../../contract/notices.ts"
import { call } from "../../api.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import type { Values } from "./kinds.ts"
import { noticeTexts as texts } from "./texts.ts"

/** What citizens would be answered, by the real answering over what stands in the form. */
export function Preview({ kind, body, ready }: { kind: NoticeKind; body: Values; ready: boolean }) {
  const [own, setOwn] = useState("")
  const asking = useMutation({
    mutationFn: () => {
      const more = own.trim().length > 1 ? [own.trim()] : []
      return call(previewNotice, { body: { body, questions: [...more, ...texts.kinds[kind].questions] } })
    },
  })
  return (
    <Card withBorder component="section">
      <Stack>
        <Title order={2} size="h4">
          {texts.preview}
        </Title>
        <Text size="sm">{texts.previewHint}</Text>
        <Group align="flex-end">
          <TextInput label={texts.question} value={own} onChange={(event) => setOwn(event.currentTarget.value)} />
          <Button variant="default" disabled={!ready} loading={asking.isPending} onClick={() => asking.mutate()}>
            {texts.ask}
          </Button>
        </Group>
        <FaultAlert error={asking.error} />
        {asking.data?.answers.map(({ question, text, fromNotice }) => (
          <Stack key={question} gap={4} data-testid="preview-answer">
            <Text fw={600}>{question}</Text>
            <Text className="words">{text}</Text>
            {!fromNotice && (
              <Text size="sm" fs="italic">
                {texts.notFrom}
              </Text>
            )}
          </Stack>
        ))}
      </Stack>
    </Card>
  )
}
