import { Alert, Anchor, Button, FileButton, List, NativeSelect, Progress, Stack, Text } from "@mantine/core"
import { useMutation, useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { uploadDocument } from "../../../contract/documents.ts"
import { type ImportRow, IMPORT_CHANGES, type ProcedureImport, readProcedureImport } from "../../../contract/procedure-import.ts"
import { call, sendFile } from "../../api.ts"
import { useAddressText } from "../../parts/address.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { moment } from "../../parts/format.ts"
import { PageTitle } from "../../parts/page-title.tsx"
import { shellTexts } from "../../texts.ts"
import { ImportChoice } from "./import-choice.tsx"
import { ImportList } from "./import-list.tsx"
import { importTexts as texts } from "./import-texts.ts"

const WHILE_READING_MS = 1000

/** A file of procedures: given in, compared with what is told, chosen from. */
export function Page() {
  const id = useAddressText("tep")
  return (
    <Stack>
      <Anchor component={Link} to="/thu-tuc">
        {texts.back}
      </Anchor>
      <PageTitle>{texts.title}</PageTitle>
      <Text>{texts.hint}</Text>
      <Giving />
      {id !== "" && <Comparing key={id} id={id} />}
    </Stack>
  )
}

function Giving() {
  const navigate = useNavigate()
  const [share, setShare] = useState(0)
  const sending = useMutation({
    mutationFn: (file: File) => sendFile(uploadDocument, { query: { name: file.name }, file, onProgress: setShare }),
    onSuccess: ({ id }) => navigate({ to: ".", search: { tep: id } }),
  })
  return (
    <Stack gap="xs" align="flex-start">
      <FileButton accept=".jsonl,.xlsx,.yaml" onChange={(file) => file && sending.mutate(file)} inputProps={{ "aria-label": texts.choose }}>
        {(props) => (
          <Button {...props} loading={sending.isPending}>
            {texts.choose}
          </Button>
        )}
      </FileButton>
      {sending.isPending && <Text role="status">{texts.sending(share)}</Text>}
      <FaultAlert error={sending.error} />
    </Stack>
  )
}

const SIZE = 20

function Comparing({ id }: { id: string }) {
  const [page, setPage] = useState(1)
  const [change, setChange] = useState<"" | ImportRow["change"]>("")
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const query = { page, size: SIZE, change }
  const read = useQuery({
    queryKey: ["procedure-import", id, query],
    queryFn: () => call(readProcedureImport, { params: { id }, query }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? WHILE_READING_MS : false),
  })
  const { data } = read
  if (!data) return <FaultAlert error={read.error} onRetry={() => void read.refetch()} />
  if (isReading(data)) return <Text role="status">{texts.reading}</Text>
  const pick = (code: string, on: boolean) =>
    setChosen((known) => new Set(on ? [...known, code] : [...known].filter((one) => one !== code)))
  const none = Object.values(data.counts).every((count) => count === 0)
  return (
    <Stack>
      <Outcome data={data} none={none} />
      {!none && (
        <>
          <ImportChoice id={id} counts={data.counts} codes={[...chosen]} onMade={() => setChosen(new Set())} />
          <Last last={data.last} />
          {data.making && (
            <Stack gap={4}>
              <Text role="status">{texts.making(data.making.done, data.making.total)}</Text>
              <Progress value={(100 * data.making.done) / Math.max(1, data.making.total)} aria-label={texts.make} />
            </Stack>
          )}
          <NativeSelect
            label={texts.change}
            maw={300}
            value={change}
            data={[{ value: "", label: shellTexts.all }, ...IMPORT_CHANGES.map((value) => ({ value, label: texts.changes[value] }))]}
            onChange={({ currentTarget }) => {
              setChange(IMPORT_CHANGES.find((known) => known === currentTarget.value) ?? "")
              setPage(1)
            }}
          />
          <ImportList data={data} size={SIZE} page={page} chosen={chosen} onPage={setPage} onPick={pick} />
        </>
      )}
    </Stack>
  )
}

/** What became of the drafts that were last made of the file, also after the page or the program was opened anew. */
function Last({ last }: { last: ProcedureImport["last"] }) {
  if (!last) return null
  const { state, total, by, at } = last
  if (state === "done") return <Text size="sm">{texts.last(last, moment(at))}</Text>
  return (
    <Alert color="orange" variant="outline" role="alert">
      <Text c="var(--mantine-color-text)">{texts.broken(by, moment(at), total)}</Text>
    </Alert>
  )
}

const isReading = ({ state }: ProcedureImport) => state === "waiting" || state === "reading"
const isUnderWay = (data: ProcedureImport) => isReading(data) || data.making !== null

/** What became of the file as a whole. */
function Outcome({ data: { name, state, note, problems, counts }, none }: { data: ProcedureImport; none: boolean }) {
  if (state === "failed" || none) {
    return (
      <Alert color="red" variant="outline" role="alert" title={<Text c="var(--mantine-color-text)">{texts.failed}</Text>}>
        <Text c="var(--mantine-color-text)">{`${name}: ${note ?? texts.noProcedures}`}</Text>
        <Problems problems={problems} />
      </Alert>
    )
  }
  return (
    <Stack gap="xs">
      <Text fw={600}>{name}</Text>
      <Text role="status">{texts.counts(counts)}</Text>
      {counts.gone > 0 && <Text size="sm">{texts.goneHint}</Text>}
      <Problems problems={problems} />
    </Stack>
  )
}

function Problems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null
  return (
    <>
      <Text size="sm">{texts.problems(problems.length)}</Text>
      <List size="sm">
        {problems.slice(0, 10).map((problem) => (
          <List.Item key={problem}>{problem}</List.Item>
        ))}
      </List>
    </>
  )
}
