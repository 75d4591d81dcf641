import { Alert, Anchor, Button, Card, Group, List, Stack, Text, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link, useParams } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { type DocumentDetails, readDocument, readOriginal } from "../../../contract/documents.ts"
import { startCheck } from "../../../contract/publishing.ts"
import { addressOf, call } from "../../api.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { moment } from "../../parts/format.ts"
import { Loading } from "../../parts/loading.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { CheckPart } from "../publishing/check.tsx"
import { HeadForm } from "./head-form.tsx"
import { PagesPart } from "./pages-part.tsx"
import { FileState } from "./state.tsx"
import { documentTexts as texts } from "./texts.ts"

const WHILE_READING_MS = 1500

/** One file: what is known of it, its text beside the paper, and publishing it. */
export function Page() {
  const { id = "" }: { id?: string } = useParams({ strict: false })
  const document = useQuery({
    queryKey: ["document", id],
    queryFn: () => call(readDocument, { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.version === null && state.data.file.state !== "failed" ? WHILE_READING_MS : false),
  })
  return (
    <Stack>
      <Anchor component={Link} to="/van-ban">
        {texts.back}
      </Anchor>
      <PageTitle>{texts.reviewTitle}</PageTitle>
      <FaultAlert error={document.error} onRetry={() => void document.refetch()} />
      {document.isPending && <Loading />}
      {document.data && <Parts document={document.data} />}
    </Stack>
  )
}

function Parts({ document }: { document: DocumentDetails }) {
  const { file, head, version, pages } = document
  return (
    <>
      <Group className="break">
        <Text fw={600}>{file.name}</Text>
        <FileState row={file} />
        <Anchor href={addressOf(readOriginal, { params: { id: file.id } })}>{texts.original}</Anchor>
      </Group>
      <Remarks document={document} />
      {version !== null && (
        <>
          {head && (
            <Part title={texts.steps.head}>
              <HeadForm key={version} document={document} head={head} version={version} />
            </Part>
          )}
          {pages.length > 0 && (
            <Part title={texts.steps.text}>
              <PagesPart document={document} />
            </Part>
          )}
          <Part title={texts.steps.publish}>
            <Publishing document={document} version={version} />
          </Part>
        </>
      )}
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder component="section">
      <Stack>
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  )
}

function Remarks({ document: { file, remarks, pages, doubtful, compared, version } }: { document: DocumentDetails }) {
  const lines = [
    ...(version === null ? [file.note ?? texts.reading] : remarks),
    ...pages.flatMap(({ number, findings }, index) => findings.map((finding) => `${texts.page(number, index)}: ${finding}`)),
    ...(doubtful && !compared ? [texts.scanNotCompared] : []),
  ]
  if (lines.length === 0) return null
  return (
    <Alert variant="outline" color="orange" title={<Text c="var(--mantine-color-text)">{texts.whatToLookAt}</Text>}>
      <List>
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

function Publishing({ document: { file, head, records, confirmed }, version }: { document: DocumentDetails; version: string }) {
  const me = useMe()
  const check = useAct(startCheck)
  const ready = head === null || confirmed
  return (
    <Stack gap="sm" align="flex-start">
      {head === null && <Text>{texts.records(records)}</Text>}
      {head && <Text>{confirmed ? texts.isConfirmed : texts.notConfirmed}</Text>}
      {file.publishedAt && <Text>{texts.published(moment(file.publishedAt))}</Text>}
      <FaultAlert error={check.error} />
      {mayOpen(me, "knowledge.publish") ? (
        <>
          <Text size="sm">{texts.publishHint}</Text>
          <Button disabled={!ready} loading={check.isPending} onClick={() => check.mutate({ body: { file: { id: file.id, version } } })}>
            {file.publishedAt ? texts.publishAgain : texts.publish}
          </Button>
        </>
      ) : (
        <Text size="sm">{texts.mayNotPublish}</Text>
      )}
      <CheckPart of={{ file: file.id }} />
    </Stack>
  )
}
