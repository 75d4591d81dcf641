import { Badge, Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core"
import { useState } from "react"
import { listReleases, type ReleaseRow, returnToRelease } from "../../../contract/publishing.ts"
import { type Column, DataTable } from "../../parts/data-table.tsx"
import { FaultAlert } from "../../parts/faults.tsx"
import { useContractForm } from "../../parts/form.ts"
import { moment } from "../../parts/format.ts"
import { useServerTable } from "../../parts/server-table.ts"
import { mayOpen, useMe } from "../../session.ts"
import { shellTexts } from "../../texts.ts"
import { publishingTexts as texts } from "./texts.ts"

/** What was told from when on, and bringing an older release back. */
export function ReleasesPart() {
  const mayPublish = mayOpen(useMe(), "knowledge.publish")
  const table = useServerTable(listReleases)
  return (
    <Stack>
      <Text>{texts.releasesHint}</Text>
      <DataTable
        label={texts.releaseList}
        table={table}
        columns={mayPublish ? [...COLUMNS, { title: texts.actions, render: (row: ReleaseRow) => <Restore row={row} /> }] : COLUMNS}
        rowKey={({ number }) => number}
      />
    </Stack>
  )
}

const COLUMNS: readonly Column<ReleaseRow>[] = [
  {
    title: texts.number,
    sort: "number",
    render: ({ number, current }) => (
      <Group gap="xs">
        <Text fw={600}>{number}</Text>
        {number === current && (
          <Badge variant="default" tt="none">
            {texts.live}
          </Badge>
        )}
      </Group>
    ),
  },
  {
    title: texts.at,
    render: ({ at, by }) => (
      <Stack gap={2}>
        <Text size="sm">{moment(at)}</Text>
        <Text size="sm">{by === null ? texts.byCommand : texts.by(by)}</Text>
      </Stack>
    ),
  },
  {
    title: texts.how,
    render: ({ origin, repeats, reason }) => (
      <Stack gap={2} className="break" maw={320}>
        <Text size="sm">{repeats === null ? texts.origins[origin] : `${texts.origins[origin]} ${texts.repeats(repeats)}`}</Text>
        {reason && <Text size="sm">{texts.releaseReason(reason)}</Text>}
      </Stack>
    ),
  },
  { title: texts.what, render: (row) => <Changes row={row} /> },
]

function Changes({ row: { changes, records, kept } }: { row: ReleaseRow }) {
  const parts = changes
    ? ([
        [texts.added, changes.added],
        [texts.altered, changes.changed],
        [texts.withdrawn, changes.withdrawn],
      ] as const)
    : []
  const told = parts.filter(([, { count }]) => count > 0)
  return (
    <Stack gap={2} className="break" maw={420}>
      <Text size="sm">{texts.records(records)}</Text>
      {told.map(([say, { count, first }]) => (
        <Text key={say(count)} size="sm">
          {`${say(count)}: ${first.join("; ")}${count > first.length ? "…" : ""}`}
        </Text>
      ))}
      {changes && told.length === 0 && <Text size="sm">{texts.noChange}</Text>}
      {!kept && <Text size="sm">{texts.notKept}</Text>}
    </Stack>
  )
}

function Restore({ row }: { row: ReleaseRow }) {
  const [open, setOpen] = useState(false)
  if (!row.kept || row.number === row.current) return null
  return (
    <>
      <Button size="xs" variant="default" aria-label={texts.restoreOf(row.number)} onClick={() => setOpen(true)}>
        {texts.restore}
      </Button>
      {open && <RestoreDialog row={row} onClose={() => setOpen(false)} />}
    </>
  )
}

function RestoreDialog({ row: { number, current }, onClose }: { row: ReleaseRow; onClose: () => void }) {
  const { form, submit, pending, fault } = useContractForm(returnToRelease, {
    ...{ initial: { reason: "" }, params: { number }, besides: { live: current } },
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title={texts.restoreTitle(number)} closeButtonProps={{ "aria-label": shellTexts.close }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{texts.restoreText(number)}</Text>
          <FaultAlert error={fault} />
          <Textarea label={texts.restoreReason} withAsterisk autosize minRows={2} data-autofocus {...form.getInputProps("reason")} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shellTexts.cancel}
            </Button>
            <Button type="submit" loading={pending}>
              {texts.restore}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
