import { Alert, Anchor, Button, Card, Group, Modal, Stack, Table, Text, Textarea, Title } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import { useMutation, useQuery } from "@tanstack/react-query"
import { Link, useNavigate, useParams } from "@tanstack/react-router"
import { useState } from "react"
import { discardRecordDraft, readRecord, type RecordDetails, saveRecordDraft, submitDraft } from "../../../contract/drafts.ts"
import { lawDays, listNotices, looksPrivate, NOTICE_KINDS, noticeFaults, type NoticeKind } from "../../../contract/notices.ts"
import { call, Fault } from "../../api.ts"
import { useAct } from "../../parts/act.ts"
import { Care } from "../../parts/care.tsx"
import { FaultAlert, NotFound } from "../../parts/faults.tsx"
import { Loading } from "../../parts/loading.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { shellTexts } from "../../texts.ts"
import { Field } from "./fields.tsx"
import { KINDS, type Values, written } from "./kinds.ts"
import { NEW, States } from "./page.tsx"
import { Preview } from "./preview.tsx"
import { noticeTexts as texts } from "./texts.ts"
import { shown, wordingOf } from "./wording.ts"

/** One notice: its form, what differs from what is told, and what citizens would be answered. */
export function Page() {
  const { kind = "", key = "" }: { kind?: string; key?: string } = useParams({ strict: false })
  const known = NOTICE_KINDS.find((one) => one === kind)
  const isNew = key === NEW
  const record = useQuery({
    queryKey: ["notice", key],
    queryFn: () => call(readRecord, { params: { kind: "notice", key } }),
    enabled: !isNew,
  })
  if (!known) return <NotFound />
  const details = isNew ? { live: null, draft: null } : record.data
  return (
    <Stack>
      <Anchor component={Link} to="/thong-bao">
        {texts.back}
      </Anchor>
      <PageTitle>{texts.editTitle}</PageTitle>
      <FaultAlert error={record.error} onRetry={() => void record.refetch()} />
      {!details && record.isPending && <Loading />}
      {details && (
        <Editor key={`${key} ${details.draft?.version ?? 0} ${details.live?.version ?? 0}`} {...{ kind: known, isNew, details }} />
      )}
    </Stack>
  )
}

interface EditorProps {
  readonly kind: NoticeKind
  readonly isNew: boolean
  readonly details: RecordDetails
}

const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date())

/** What is typed, what is wrong with it, and keeping it. */
function useNotice({ kind, isNew, details: { live, draft } }: EditorProps) {
  const navigate = useNavigate()
  const { blank, idOf } = KINDS[kind]
  const [values, setValues] = useState<Values>(() => draft?.body ?? live?.body ?? blank(today()))
  const [tried, setTried] = useState(!isNew)
  const body: Values = isNew ? { ...values, kind, id: idOf(values) } : values
  const act = useAct(saveRecordDraft)
  const save = useMutation({
    async mutationFn() {
      // A new notice must not take the place of one that is there.
      if (isNew && (await call(listNotices, { query: { key: String(body["id"]) } })).total > 0)
        throw new Fault(409, { code: "conflict", message: texts.exists, fields: { title: texts.exists } })
      return act.mutateAsync({ body: { kind: "notice", body, seen: draft?.version ?? null } })
    },
  })
  const wrong = noticeFaults(body)
  // What the server found stays until something is typed; live, the same schema checks.
  const faults = tried ? { ...(save.error instanceof Fault ? save.error.fields : {}), ...wrong } : {}
  const fill = (filled: Values) => {
    save.reset()
    setTried(true)
    setValues(filled)
  }
  const kept = (key: string | null) => {
    notifications.show({ message: key === null ? texts.unchanged : texts.saved })
    if (isNew && key !== null) void navigate({ to: `/thong-bao/${kind}/${key}` })
  }
  const keep = () => {
    setTried(true)
    if (Object.keys(wrong).length > 0) return
    save.mutate(undefined, { onSuccess: (reply) => kept(reply.draft?.key ?? null) })
  }
  return { values, body, faults, save, fill, keep, ready: Object.keys(wrong).length === 0 }
}

function Editor(props: EditorProps) {
  const { kind, details } = props
  const { live, draft } = details
  const readOnly = !mayOpen(useMe(), "knowledge.edit")
  const notice = useNotice(props)
  return (
    <>
      {(live ?? draft) && (
        <Group gap="xs">
          <Text fw={600}>{texts.kinds[kind].name}</Text>
          <States row={{ told: live?.told ?? false, demo: live?.demo ?? false, draft }} />
        </Group>
      )}
      {draft?.note && <Text>{texts.returned(draft.note)}</Text>}
      <Form {...{ kind, notice, readOnly }} />
      {live && <Differences {...{ before: live.body, after: notice.values }} />}
      {!readOnly && <Next {...{ live, draft }} />}
      {live?.told && <Care kind="notice" recordKey={String(live.body["id"])} />}
      <Preview {...{ kind, body: notice.body, ready: notice.ready }} />
    </>
  )
}

interface FormProps {
  readonly kind: NoticeKind
  readonly notice: ReturnType<typeof useNotice>
  readonly readOnly: boolean
}

function Form({ kind, notice: { values, faults, save, fill, keep }, readOnly }: FormProps) {
  const ownNumber = looksPrivate(written(values["phone"]))
  return (
    <Card withBorder component="section">
      <Stack>
        {KINDS[kind].fields
          .filter(({ name }) => name !== "mobileReason" || ownNumber)
          .map((spec) => (
            <Field
              key={spec.name}
              {...{ spec, faults, readOnly, path: spec.name, value: values[spec.name] }}
              onChange={(value) => fill({ ...values, [spec.name]: value })}
            />
          ))}
        {!readOnly && <Filling {...{ kind, values }} onFill={fill} />}
        {Object.keys(faults).length > 0 && (
          <Alert variant="outline" color="red" role="alert">
            <Text c="var(--mantine-color-text)">{texts.faults}</Text>
          </Alert>
        )}
        <FaultAlert error={save.error} />
        {!readOnly && (
          <Button style={{ alignSelf: "flex-start" }} loading={save.isPending} onClick={keep}>
            {texts.save}
          </Button>
        )}
      </Stack>
    </Card>
  )
}

/** What the program can write for staff: the wording, and the days that the law gives. */
function Filling({ kind, values, onFill }: { kind: NoticeKind; values: Values; onFill: (values: Values) => void }) {
  const [said, setSaid] = useState("")
  const fillDays = async () => {
    const { source, days } = await call(lawDays, { params: { year: Number(values["year"]) } })
    const known = values["daysOff"] as { date: string }[]
    const certain = days.filter(({ date, certain }) => certain && !known.some((day) => day.date === date))
    const daysOff = [...known, ...certain.map(({ date, name }) => ({ date, name }))].sort((a, b) => (a.date < b.date ? -1 : 1))
    onFill({ ...values, daysOff })
    setSaid(texts.byLawHint(source))
  }
  return (
    <>
      <Group>
        <Button variant="default" onClick={() => onFill({ ...values, text: wordingOf(kind, values) })}>
          {texts.compose}
        </Button>
        {kind === "holidays" && (
          <Button variant="default" onClick={() => void fillDays()}>
            {texts.byLaw}
          </Button>
        )}
      </Group>
      <Text size="sm" role="status">
        {said}
      </Text>
    </>
  )
}

function Differences({ before, after }: { before: Values; after: Values }) {
  const changed = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  if (changed.length === 0) return null
  return (
    <Card withBorder component="section">
      <Title order={2} size="h4">
        {texts.differences}
      </Title>
      <Table className="rows">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{texts.differences}</Table.Th>
            <Table.Th scope="col">{texts.now}</Table.Th>
            <Table.Th scope="col">{texts.after}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changed.map((name) => (
            <Table.Tr key={name}>
              <Table.Td fw={600}>{texts.fields[name] ?? name}</Table.Td>
              <Table.Td data-label={texts.now}>{shown(before[name])}</Table.Td>
              <Table.Td data-label={texts.after}>{shown(after[name])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  )
}

/** Handing on, throwing away, asking that it be told no more. */
function Next({ live, draft }: Pick<RecordDetails, "live" | "draft">) {
  const submit = useAct(submitDraft, texts.submitted)
  const discard = useAct(discardRecordDraft, texts.discarded)
  const [withdrawing, setWithdrawing] = useState(false)
  const navigate = useNavigate()
  const throwAway = ({ id, version }: { id: string; version: number }) =>
    discard.mutate({ params: { id, version } }, { onSuccess: () => void (live ?? navigate({ to: "/thong-bao" })) })
  return (
    <Group>
      {draft?.state === "editing" && (
        <Button loading={submit.isPending} onClick={() => submit.mutate({ params: { id: draft.id }, body: { version: draft.version } })}>
          {texts.submit}
        </Button>
      )}
      {draft && (
        <Button variant="default" loading={discard.isPending} onClick={() => throwAway(draft)}>
          {texts.discard}
        </Button>
      )}
      {live?.told && !draft?.withdraws && (
        <Button variant="default" onClick={() => setWithdrawing(true)}>
          {texts.withdraw}
        </Button>
      )}
      <FaultAlert error={submit.error ?? discard.error} />
      {withdrawing && live && <WithdrawDialog body={live.body} seen={draft?.version ?? null} onClose={() => setWithdrawing(false)} />}
    </Group>
  )
}

function WithdrawDialog({ body, seen, onClose }: { body: Values; seen: number | null; onClose: () => void }) {
  const [note, setNote] = useState("")
  const save = useAct(saveRecordDraft, texts.withdrawn)
  return (
    <Modal opened onClose={onClose} title={texts.withdrawTitle} closeButtonProps={{ "aria-label": shellTexts.cancel }}>
      <Stack>
        <Text>{texts.withdrawText}</Text>
        <Textarea label={texts.reason} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
        <FaultAlert error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shellTexts.cancel}
          </Button>
          <Button
            disabled={note.trim().length < 3}
            loading={save.isPending}
            onClick={() => save.mutate({ body: { kind: "notice", body, withdraws: true, note, seen } }, { onSuccess: onClose })}
          >
            {texts.withdraw}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
