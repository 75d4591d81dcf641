import { Anchor, Badge, Button, Group, NativeSelect, Stack, Text } from "@mantine/core"
import { RemovalDialog } from "../../parts/dialogs.tsx"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { DOCUMENT_STATES, type DocumentRow, listDocuments, removeDocument, retryDocument } from "../../../contract/documents.ts"
import { useAct } from "../../parts/act.ts"
import { type Column, DataTable } from "../../parts/data-table.tsx"
import { FaultAlert } from "../../parts/faults.tsx"
import { moment } from "../../parts/format.ts"
import { PageTitle } from "../../parts/page-title.tsx"
import { UpkeepLinks } from "../../parts/upkeep-links.tsx"
import { type ServerTable, useServerTable } from "../../parts/server-table.ts"
import { mayOpen, useMe } from "../../session.ts"
import { shellTexts } from "../../texts.ts"
import { FileState } from "./state.tsx"
import { documentTexts as texts } from "./texts.ts"
import { Upload } from "./upload.tsx"

const WHILE_READING_MS = 1500

const underWay = (rows: readonly DocumentRow[]) => rows.some(({ state }) => state === "waiting" || state === "reading")

/** The files that staff gave in: taking in, how far each is, what to do about those that failed. */
export function Page() {
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const table = useServerTable(listDocuments, (rows) => (underWay(rows) ? WHILE_READING_MS : false))
  const columns = mayEdit ? [...COLUMNS, { title: texts.actions, render: (row: DocumentRow) => <Actions row={row} /> }] : COLUMNS
  return (
    <Stack>
      <PageTitle>{texts.title}</PageTitle>
      <Text>{texts.hint}</Text>
      <UpkeepLinks kind="document" all={texts.told} />
      {mayEdit && <Upload onAdded={table.retry} />}
      <DataTable
        label={texts.list}
        table={table}
        columns={columns}
        rowKey={({ id }) => id}
        search={texts.search}
        filters={<StateFilter table={table} />}
      />
    </Stack>
  )
}

const COLUMNS: readonly Column<DocumentRow>[] = [
  {
    title: texts.name,
    sort: "name",
    render: ({ id, name, bytes, state }) => (
      <Stack gap={2} className="break">
        {state === "read" || state === "needs_review" ? (
          <Anchor component={Link} to={`/van-ban/${id}`} fw={600} aria-label={texts.openOf(name)}>
            {name}
          </Anchor>
        ) : (
          <Text fw={600}>{name}</Text>
        )}
        <Text size="sm" c="dimmed">
          {texts.size(bytes)}
        </Text>
      </Stack>
    ),
  },
  {
    title: texts.state,
    render: (row) => (
      <Stack gap={4} maw={420}>
        <FileState row={row} />
        {row.publishedAt && (
          <Badge variant="default" tt="none">
            {texts.published(moment(row.publishedAt))}
          </Badge>
        )}
        {row.note && (
          <Text size="sm" className="words">
            {row.note}
          </Text>
        )}
      </Stack>
    ),
  },
  {
    title: texts.added,
    sort: "createdAt",
    render: ({ createdAt, addedBy }) => (
      <Stack gap={2}>
        <Text size="sm">{moment(createdAt)}</Text>
        <Text size="sm" c="dimmed">
          {texts.by(addedBy)}
        </Text>
      </Stack>
    ),
  },
]

function StateFilter({ table: { query, set } }: { table: ServerTable<DocumentRow> }) {
  return (
    <NativeSelect
      label={texts.state}
      value={String(query["state"])}
      data={[{ value: "", label: shellTexts.all }, ...DOCUMENT_STATES.map((state) => ({ value: state, label: texts.states[state] }))]}
      onChange={(event) => set({ state: event.currentTarget.value })}
    />
  )
}

function Actions({ row }: { row: DocumentRow }) {
  const { id, name, state, publishedAt } = row
  const [removing, setRemoving] = useState(false)
  const retry = useAct(retryDocument, texts.retried)
  if (state === "waiting" || state === "reading") return null
  return (
    <Group gap="xs">
      {state === "failed" && (
        <Button size="xs" variant="default" aria-label={texts.retryOf(name)} onClick={() => retry.mutate({ params: { id } })}>
          {texts.retry}
        </Button>
      )}
      {!publishedAt && (
        <Button size="xs" variant="default" aria-label={texts.removeOf(name)} onClick={() => setRemoving(true)}>
          {texts.remove}
        </Button>
      )}
      <FaultAlert error={retry.error} />
      {removing && <RemoveDialog row={row} onClose={() => setRemoving(false)} />}
    </Group>
  )
}

function RemoveDialog({ row: { id, name }, onClose }: { row: DocumentRow; onClose: () => void }) {
  const remove = useAct(removeDocument, texts.removed)
  return (
    <RemovalDialog
      {...{ title: texts.removeTitle, text: texts.removeText(name), action: texts.remove, onClose }}
      pending={remove.isPending}
      fault={remove.error}
      onRemove={() => remove.mutate({ params: { id } }, { onSuccess: onClose })}
    />
  )
}
