import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core"
import { FormDialog, RemovalDialog } from "../../parts/dialogs.tsx"
import { useState } from "react"
import { KNOWLEDGE_KINDS } from "../../../contract/drafts.ts"
import { addGolden, changeGolden, type GoldenRow, listGolden, removeGolden } from "../../../contract/golden.ts"
import { startCheck } from "../../../contract/publishing.ts"
import { useAct } from "../../parts/act.ts"
import { type Column, DataTable } from "../../parts/data-table.tsx"
import { FaultAlert } from "../../parts/faults.tsx"
import { type ContractForm, useContractForm } from "../../parts/form.ts"
import { choicesOf } from "../../parts/filters.tsx"
import { moment } from "../../parts/format.ts"
import { useServerTable } from "../../parts/server-table.ts"
import { mayOpen, useMe } from "../../session.ts"
import { CheckPart } from "./check.tsx"
import { publishingTexts as texts } from "./texts.ts"

/** The golden questions: adding, changing, removing, and putting them to what is told now. */
export function GoldenPart() {
  const me = useMe()
  const table = useServerTable(listGolden)
  const [adding, setAdding] = useState(false)
  const start = useAct(startCheck)
  const mayEdit = mayOpen(me, "knowledge.edit")
  return (
    <Stack>
      <Text>{texts.goldenHint}</Text>
      <Group>
        {mayEdit && <Button onClick={() => setAdding(true)}>{texts.addGolden}</Button>}
        {mayOpen(me, "knowledge.publish") && (
          <Button variant="default" loading={start.isPending} onClick={() => start.mutate({ body: { drafts: [] } })}>
            {texts.tryNow}
          </Button>
        )}
      </Group>
      <FaultAlert error={start.error} />
      <CheckPart of="live" />
      <DataTable
        label={texts.goldenList}
        table={table}
        columns={mayEdit ? [...COLUMNS, { title: texts.actions, render: (row: GoldenRow) => <Actions row={row} /> }] : COLUMNS}
        rowKey={({ id, version }) => `${id} ${version}`}
        search={texts.goldenSearch}
      />
      {adding && <AddDialog onClose={() => setAdding(false)} />}
    </Stack>
  )
}

const COLUMNS: readonly Column<GoldenRow>[] = [
  { title: texts.question, sort: "question", render: ({ question }) => <Text fw={600}>{question}</Text> },
  { title: texts.record, sort: "key", render: ({ kind, key }) => <span className="break">{`${texts.kinds[kind]} ${key}`}</span> },
  { title: texts.words, render: ({ words }) => <span className="break">{words.join("; ")}</span> },
  { title: texts.changed, sort: "updatedAt", render: ({ changedBy, updatedAt }) => `${changedBy}, ${moment(updatedAt)}` },
]

function Actions({ row }: { row: GoldenRow }) {
  const [open, setOpen] = useState<"change" | "remove" | null>(null)
  const close = () => setOpen(null)
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" aria-label={texts.changeOf(row.question)} onClick={() => setOpen("change")}>
        {texts.change}
      </Button>
      <Button size="xs" variant="default" aria-label={texts.removeOf(row.question)} onClick={() => setOpen("remove")}>
        {texts.remove}
      </Button>
      {open === "change" && <ChangeDialog row={row} onClose={close} />}
      {open === "remove" && <RemoveDialog row={row} onClose={close} />}
    </Group>
  )
}

interface Values {
  readonly question: string
  readonly kind: GoldenRow["kind"]
  readonly key: string
  readonly words: string[]
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const initial: Values = { question: "", kind: "procedure", key: "", words: [] }
  const contractForm = useContractForm(addGolden, { initial, onDone: onClose })
  return <GoldenDialog {...contractForm} title={texts.addGolden} onClose={onClose} />
}

function ChangeDialog({ row: { id, question, kind, key, words, version }, onClose }: { row: GoldenRow; onClose: () => void }) {
  const initial: Values = { question, kind, key, words }
  const contractForm = useContractForm(changeGolden, { initial, params: { id }, besides: { seen: version }, onDone: onClose })
  return <GoldenDialog {...contractForm} title={texts.changeGolden} onClose={onClose} />
}

function GoldenDialog({ form, ...dialog }: ContractForm<Values> & { readonly title: string; readonly onClose: () => void }) {
  const wordsFault = Object.entries(form.errors).find(([name]) => name.startsWith("words"))?.[1]
  return (
    <FormDialog {...dialog}>
      <TextInput label={texts.question} withAsterisk data-autofocus {...form.getInputProps("question")} />
      <NativeSelect label={texts.kind} data={[...choicesOf(KNOWLEDGE_KINDS, texts.kinds)]} {...form.getInputProps("kind")} />
      <TextInput label={texts.key} description={texts.keyHint} withAsterisk {...form.getInputProps("key")} />
      <Textarea
        label={texts.words}
        description={texts.wordsHint}
        autosize
        minRows={2}
        value={form.values.words.join("\n")}
        error={wordsFault}
        onChange={(event) => form.setFieldValue("words", event.currentTarget.value.split("\n"))}
      />
    </FormDialog>
  )
}

function RemoveDialog({ row: { id, version, question }, onClose }: { row: GoldenRow; onClose: () => void }) {
  const remove = useAct(removeGolden, texts.removed)
  return (
    <RemovalDialog
      {...{ title: texts.removeTitle, text: texts.removeText(question), action: texts.remove, onClose }}
      pending={remove.isPending}
      fault={remove.error}
      onRemove={() => remove.mutate({ params: { id, version } }, { onSuccess: onClose })}
    />
  )
}
