import { Alert, Anchor, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link, useParams } from "@tanstack/react-router"
import { readRecord, type RecordDetails } from "../../../contract/drafts.ts"
import { call } from "../../api.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { moment } from "../../parts/format.ts"
import { Loading } from "../../parts/loading.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { Care } from "./care.tsx"
import { Editor } from "./editor.tsx"
import { editorTexts as texts } from "./editor-texts.ts"

/** The address of a record that is begun. */
const NEW = "moi"
const NOTHING: RecordDetails = { live: null, draft: null }

/** One procedure: as it is told, as it is being prepared. */
export function Page() {
  const { code = "" }: { code?: string } = useParams({ strict: false })
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const isNew = code === NEW
  const read = useQuery({
    queryKey: ["record", "procedure", code],
    queryFn: () => call(readRecord, { params: { kind: "procedure", key: code } }),
    enabled: !isNew,
  })
  const record = isNew ? NOTHING : read.data
  const known = isNew || (record !== undefined && (record.live !== null || record.draft !== null))
  return (
    <Stack>
      <Anchor component={Link} to="/thu-tuc">
        {texts.back}
      </Anchor>
      <PageTitle>{isNew ? texts.newTitle : texts.title}</PageTitle>
      <FaultAlert error={read.error} onRetry={() => void read.refetch()} />
      {!isNew && read.isPending && <Loading />}
      {record && !known && <Text>{texts.unknown}</Text>}
      {record && known && (
        <>
          <Standing record={record} mayEdit={mayEdit} />
          {record.live?.told === true && <Care code={code} />}
          <Editor key={`${code} ${record.draft?.version ?? 0} ${record.live?.version ?? 0}`} record={record} mayEdit={mayEdit} />
        </>
      )}
    </Stack>
  )
}

/** Where the record stands, in a few lines. */
function Standing({ record: { live, draft }, mayEdit }: { record: RecordDetails; mayEdit: boolean }) {
  const name = draft?.name ?? live?.body["name"]
  return (
    <Stack gap={4}>
      {typeof name === "string" && <Text fw={600}>{name}</Text>}
      {live?.told === true && <Text size="sm">{texts.told(live.version)}</Text>}
      {live?.told === true && live.demo && <Text size="sm">{texts.demo}</Text>}
      {draft && <Text size="sm">{`${texts.draft(draft.changedBy, moment(draft.updatedAt))} ${texts.states[draft.state]}`}</Text>}
      {draft && draft.note !== "" && <Text size="sm">{texts.note(draft.note)}</Text>}
      {draft?.withdraws === true && (
        <Alert variant="outline" color="orange">
          <Text c="var(--mantine-color-text)">{texts.withdraws}</Text>
        </Alert>
      )}
      {!mayEdit && <Text size="sm">{texts.readOnly}</Text>}
    </Stack>
  )
}
