import { Button, Card, FileButton, Group, Progress, Stack, Text, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { type DragEvent, useState } from "react"
import { readUploadLimit, uploadDocument } from "../../../contract/documents.ts"
import { call, Fault, sendFile } from "../../api.ts"
import { shellTexts } from "../../texts.ts"
import { documentTexts } from "./texts.ts"

const texts = documentTexts.upload

interface Sending {
  readonly id: number
  readonly name: string
  readonly share: number
  /** What became of it; null while it is on its way. */
  readonly outcome: { readonly ok: boolean; readonly message: string } | null
}

/** Giving files in, by drag and drop or by a button: one after the other, each with its progress. */
export function Upload({ onAdded }: { onAdded: () => void }) {
  const limit = useQuery({ queryKey: ["upload-limit"], queryFn: () => call(readUploadLimit), staleTime: Infinity })
  const { files, give } = useUploads(limit.data?.maxBytes ?? Number.POSITIVE_INFINITY, onAdded)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    give([...event.dataTransfer.files])
  }
  const hover = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    <Card
      withBorder
      component="section"
      className="drop"
      data-testid="drop"
      {...(over ? { "data-over": true } : {})}
      onDrop={drop}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
    >
      <Stack gap="sm">
        <Title order={2} size="h4">
          {texts.title}
        </Title>
        <Group gap="sm">
          <Text>{texts.drop}</Text>
          <FileButton multiple onChange={give} inputProps={{ "aria-label": texts.choose }}>
            {(props) => <Button {...props}>{texts.choose}</Button>}
          </FileButton>
        </Group>
        {limit.data && (
          <Text size="sm" c="dimmed">
            {texts.kinds(limit.data.maxBytes)}
          </Text>
        )}
        {files.map((file) => (
          <OneFile key={file.id} file={file} />
        ))}
      </Stack>
    </Card>
  )
}

function OneFile({ file: { name, share, outcome } }: { file: Sending }) {
  const word = outcome?.message ?? (share === 0 ? texts.waiting : texts.sending(share))
  return (
    <Stack gap={4} className="break">
      <Text fw={600}>{name}</Text>
      {!outcome && <Progress value={share * 100} aria-label={texts.progressOf(name)} />}
      <Text size="sm" role="status" {...(outcome?.ok === false ? { c: "var(--mantine-color-error)" } : {})}>
        {word}
      </Text>
    </Stack>
  )
}

let lastId = 0

function useUploads(maxBytes: number, onAdded: () => void) {
  const [files, setFiles] = useState<readonly Sending[]>([])
  const change = (id: number, part: Partial<Sending>) =>
    setFiles((known) => known.map((file) => (file.id === id ? { ...file, ...part } : file)))
  const give = (given: readonly File[]) => {
    const started = given.map((file) => ({ file, id: ++lastId }))
    setFiles((known) => [...started.map(({ id, file }) => ({ id, name: file.name, share: 0, outcome: null })), ...known])
    void (async () => {
      for (const { id, file } of started) {
        change(id, { outcome: await sent(file, maxBytes, (share) => change(id, { share })) })
        onAdded()
      }
    })()
  }
  return { files, give }
}

async function sent(file: File, maxBytes: number, onProgress: (share: number) => void): Promise<NonNullable<Sending["outcome"]>> {
  if (file.size > maxBytes) return { ok: false, message: texts.tooLarge(file.size, maxBytes) }
  try {
    const { duplicate } = await sendFile(uploadDocument, { query: { name: file.name }, file, onProgress })
    return duplicate === null ? { ok: true, message: texts.done } : { ok: false, message: duplicate }
  } catch (error) {
    return { ok: false, message: error instanceof Fault ? error.message : shellTexts.unexpected }
  }
}
