import { Alert, Button, Card, Grid, Group, List, Stack, Text, Textarea, Title } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useBlocker, useNavigate } from "@tanstack/react-router"
import { useMemo, useRef, useState } from "react"
import { differencesOf, procedureFaults } from "../../../contract/procedure-record.ts"
import { type RecordDetails, saveRecordDraft } from "../../../contract/drafts.ts"
import { call, Fault } from "../../api.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { Fields, RecordFormProvider } from "../../parts/record-form/fields.tsx"
import { type Body, labelOf, withValue } from "../../parts/record-form/spec.ts"
import { ALL_FIELDS, Differences } from "./differences.tsx"
import { DraftActions } from "./draft-actions.tsx"
import { editorTexts as texts } from "./editor-texts.ts"
import { BLANK, SECTIONS } from "./form-spec.ts"
import { BackToParts, Jumps, KEEPING_ID, sectionId } from "./jumps.tsx"
import { Preview } from "./preview.tsx"

interface Props {
  readonly record: RecordDetails
  readonly mayEdit: boolean
}

/** The form of one procedure, with what differs from what is told and what the assistant would answer. */
export function Editor({ record, mayEdit }: Props) {
  const { draft, live } = record
  const start: Body = draft?.body ?? live?.body ?? BLANK
  const [body, setBody] = useState(start)
  // A record that was kept has no faults; one that is begun is not told of them before it is to be kept.
  const [tried, setTried] = useState(draft !== null || live !== null)
  const faults = useMemo(() => procedureFaults(body), [body])
  const saving = useSaving(record)
  const dirty = body !== start && differencesOf(start, body).length > 0
  useLeaving(dirty && !saving.done)
  const found = { ...(tried ? faults : {}), ...saving.fields }
  const valid = Object.keys(faults).length === 0
  const save = (note: string) => {
    setTried(true)
    if (valid) saving.save(body, note)
  }
  const form = { body, faults: found, readOnly: !mayEdit, named: draft !== null || live !== null, set: change }
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack>
          <Jumps />
          <RecordFormProvider value={form}>
            <Sections />
          </RecordFormProvider>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack className="beside">
          <Changes record={record} body={body} />
          {mayEdit && <Keeping {...{ record, dirty, found }} pending={saving.pending} error={saving.error} onSave={save} />}
          <Preview body={body} valid={valid} />
        </Stack>
      </Grid.Col>
    </Grid>
  )

  function change(path: string, value: unknown) {
    setBody((before) => withValue(before, path, value))
  }
}

/** The fields part by part, each with the way back to the list of parts. */
function Sections() {
  return (
    <>
      {SECTIONS.map(({ title, fields }, index) => (
        <Card key={title} withBorder component="section" padding="sm" id={sectionId(index)} className="part" tabIndex={-1}>
          <Stack gap="sm">
            <Group justify="space-between">
              <Title order={2} size="h4">
                {title}
              </Title>
              <BackToParts from={title} />
            </Group>
            <Fields fields={fields} path="" />
          </Stack>
        </Card>
      ))}
    </>
  )
}

function useSaving({ draft }: RecordDetails) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const saving = useMutation({
    mutationFn: ({ body, note }: { body: Body; note: string }) =>
      call(saveRecordDraft, { body: { kind: "procedure", body, note, seen: draft?.version ?? null } }),
    // The new draft makes a new form, and this one is gone: all is said before that.
    onSuccess: async (reply, { body }) => {
      notifications.show({ message: reply.draft ? texts.saved : texts.same })
      await navigate({ to: `/thu-tuc/${String(body["code"])}`, ignoreBlocker: true })
      await queryClient.invalidateQueries()
    },
  })
  const { error } = saving
  const save = (body: Body, note: string) => saving.mutate({ body, note })
  return { save, pending: saving.isPending, done: saving.isSuccess, error, fields: error instanceof Fault ? error.fields : {} }
}

/** Asks before unsaved changes are lost. */
function useLeaving(unsaved: boolean) {
  const asks = useRef(unsaved)
  asks.current = unsaved
  useBlocker({
    shouldBlockFn: () => asks.current && !window.confirm(texts.leave),
    enableBeforeUnload: () => asks.current,
  })
}

function Changes({ record: { live }, body }: { record: RecordDetails; body: Body }) {
  const told = live?.told === true ? live : null
  const differences = useMemo(() => (told ? differencesOf(told.body, body) : []), [told, body])
  if (!told) return <Text>{texts.notTold}</Text>
  return (
    <Card withBorder component="section" padding="sm">
      <Stack gap="xs">
        <Title order={2} size="h4">
          {texts.differences}
        </Title>
        <Differences label={texts.differences} differences={differences} />
      </Stack>
    </Card>
  )
}

const FAULTS_SHOWN = 5

interface KeepingProps {
  readonly record: RecordDetails
  readonly dirty: boolean
  readonly found: Readonly<Record<string, string>>
  readonly pending: boolean
  readonly error: Error | null
  readonly onSave: (note: string) => void
}

function Keeping({ record, dirty, found, pending, error, onSave }: KeepingProps) {
  const [note, setNote] = useState(record.draft?.note ?? "")
  const faults = Object.entries(found)
  return (
    <Card withBorder component="section" padding="sm" id={KEEPING_ID} className="part" tabIndex={-1}>
      <Stack gap="sm">
        {faults.length > 0 && (
          <Alert
            color="red"
            variant="outline"
            role="alert"
            title={<Text c="var(--mantine-color-text)">{texts.faults(faults.length)}</Text>}
          >
            <List size="sm">
              {faults.slice(0, FAULTS_SHOWN).map(([path, fault]) => (
                <List.Item key={path}>{`${labelOf(path, ALL_FIELDS)}: ${fault}`}</List.Item>
              ))}
              {faults.length > FAULTS_SHOWN && <List.Item>{texts.more(faults.length - FAULTS_SHOWN)}</List.Item>}
            </List>
          </Alert>
        )}
        <Textarea label={texts.noteLabel} autosize maxLength={1000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <FaultAlert error={error} />
        <Button loading={pending} onClick={() => onSave(note)}>
          {texts.save}
        </Button>
        <DraftActions record={record} dirty={dirty} />
      </Stack>
    </Card>
  )
}
