import { Anchor, Button, Card, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link, useParams } from "@tanstack/react-router"
import { useState } from "react"
import { readRecord, type RecordDetails, saveRecordDraft, submitDraft } from "../../../contract/drafts.ts"
import { call } from "../../api.ts"
import { useAct } from "../../parts/act.ts"
import { Care } from "../../parts/care.tsx"
import { FaultAlert } from "../../parts/faults.tsx"
import { Loading } from "../../parts/loading.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { ReasonDialog } from "../../parts/reason-dialog.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { recordTexts as texts } from "./record-texts.ts"

/** One document that is told: who looks after it, and asking that it be told no more. */
export function Page() {
  const { key = "" }: { key?: string } = useParams({ strict: false })
  const params = { kind: "document", key } as const
  const record = useQuery({ queryKey: ["record", params], queryFn: () => call(readRecord, { params }) })
  return (
    <Stack>
      <Anchor component={Link} to="/van-ban">
        {texts.back}
      </Anchor>
      <PageTitle>{texts.title}</PageTitle>
      <FaultAlert error={record.error} onRetry={() => void record.refetch()} />
      {record.isPending && <Loading />}
      {record.data && (record.data.live ? <Told record={record.data} live={record.data.live} /> : <Text>{texts.unknown}</Text>)}
    </Stack>
  )
}

type Live = NonNullable<RecordDetails["live"]>

function Told({ record, live }: { record: RecordDetails; live: Live }) {
  const { body, told, version } = live
  const key = String(body["id"])
  const lines = Object.entries(texts.fields).flatMap(([field, name]) => {
    const value = body[field]
    return typeof value === "string" && value !== "" ? [texts.line(name, value)] : []
  })
  return (
    <>
      <Card withBorder component="section" padding="sm">
        <Stack gap={4} className="break">
          <Text fw={600}>{String(body["title"])}</Text>
          <Text size="sm">{told ? texts.told(version) : texts.notTold}</Text>
          {lines.map((line) => (
            <Text key={line} size="sm">
              {line}
            </Text>
          ))}
        </Stack>
      </Card>
      {told && <Care kind="document" recordKey={key} />}
      {told && <Withdrawing draft={record.draft} live={live} />}
    </>
  )
}

function Withdrawing({ draft, live }: { draft: RecordDetails["draft"]; live: Live }) {
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const [asking, setAsking] = useState(false)
  const save = useAct(saveRecordDraft)
  const submit = useAct(submitDraft, texts.withdrawn)
  if (draft) return <Text>{texts.pending[draft.state]}</Text>
  if (!mayEdit) return null
  const ask = async (note: string) => {
    const { draft: made } = await save.mutateAsync({ body: { kind: "document", body: live.body, withdraws: true, note, seen: null } })
    if (made) await submit.mutateAsync({ params: { id: made.id }, body: { version: made.version } })
    setAsking(false)
  }
  return (
    <>
      <Button variant="default" style={{ alignSelf: "flex-start" }} onClick={() => setAsking(true)}>
        {texts.withdraw}
      </Button>
      {asking && (
        <ReasonDialog
          words={{ title: texts.withdrawTitle, text: texts.withdrawText, action: texts.withdraw }}
          pending={save.isPending || submit.isPending}
          error={save.error ?? submit.error}
          onClose={() => setAsking(false)}
          // What went wrong is shown in the dialog.
          onReason={(note) => void ask(note).catch(() => undefined)}
        />
      )}
    </>
  )
}
