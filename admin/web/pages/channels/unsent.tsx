import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { dismissUnsent, listUnsent, listUnsentChannels, sendAgain, type UnsentRow, UNSENT_STATES } from "../../../contract/unsent.ts"
import { call } from "../../api.ts"
import { useAct } from "../../parts/act.ts"
import { type Column, DataTable } from "../../parts/data-table.tsx"
import { FaultAlert } from "../../parts/faults.tsx"
import { choicesOf, OptionalFilter } from "../../parts/filters.tsx"
import { moment } from "../../parts/format.ts"
import { type ServerTable, useServerTable } from "../../parts/server-table.ts"
import { shellTexts } from "../../texts.ts"
import { channelTexts } from "./texts.ts"

const texts = channelTexts.unsent

/** Messages that did not reach the citizen: why, and sending again or letting go. */
export function Unsent() {
  const table = useServerTable(listUnsent)
  return (
    <Stack>
      <Text maw={640}>{texts.hint}</Text>
      <DataTable label={texts.list} table={table} columns={COLUMNS} rowKey={({ id }) => id} filters={<Filters table={table} />} />
    </Stack>
  )
}

const COLUMNS: readonly Column<UnsentRow>[] = [
  { title: texts.at, sort: "createdAt", render: ({ at }) => moment(at) },
  { title: texts.channel, render: ({ channel }) => <span className="break">{channel}</span> },
  {
    title: texts.text,
    render: ({ text }) => (
      <Text size="sm" className="words" maw={340}>
        {text}
      </Text>
    ),
  },
  {
    title: texts.reason,
    render: ({ state, reason, detail }) => (
      <Stack gap={2} maw={320}>
        <Text fw={600}>{texts.states[state]}</Text>
        <Text size="sm">{texts.reasons[reason] ?? reason}</Text>
        {detail && (
          <Text size="sm" c="dimmed" className="break">
            {texts.detail(detail)}
          </Text>
        )}
      </Stack>
    ),
  },
  { title: texts.actions, render: (row) => <Actions row={row} /> },
]

function Filters({ table }: { table: ServerTable<UnsentRow> }) {
  const channels = useQuery({ queryKey: ["unsent-channels"], queryFn: () => call(listUnsentChannels) })
  const chosen = String(table.query["channel"])
  const known = (channels.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))
  // What the address names stays chosen, also when nothing of it is left.
  const all = chosen === "" || known.some(({ value }) => value === chosen) ? known : [...known, { value: chosen, label: chosen }]
  return (
    <>
      <OptionalFilter table={table} name="state" label={texts.state} choices={choicesOf(UNSENT_STATES, texts.states)} />
      <OptionalFilter table={table} name="channel" label={texts.channel} choices={all} />
    </>
  )
}

const NAMED = 40

function Actions({ row }: { row: UnsentRow }) {
  const [asked, setAsked] = useState<"twice" | "dismiss" | null>(null)
  const again = useAct(sendAgain, texts.sentAgain)
  const named = row.text.slice(0, NAMED)
  const params = { id: row.id }
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        aria-label={texts.againOf(named)}
        loading={again.isPending}
        onClick={() => (row.state === "unknown" ? setAsked("twice") : again.mutate({ params }))}
      >
        {texts.again}
      </Button>
      <Button size="xs" variant="default" aria-label={texts.dismissOf(named)} onClick={() => setAsked("dismiss")}>
        {texts.dismiss}
      </Button>
      <FaultAlert error={again.error} />
      {asked === "twice" && <TwiceDialog row={row} onClose={() => setAsked(null)} />}
      {asked === "dismiss" && <DismissDialog row={row} onClose={() => setAsked(null)} />}
    </Group>
  )
}

interface DialogProps {
  readonly row: UnsentRow
  readonly onClose: () => void
}

/** A message that may have arrived is sent again only by somebody who accepts that it arrives twice. */
function TwiceDialog({ row: { id, text }, onClose }: DialogProps) {
  const [accepted, setAccepted] = useState(false)
  const again = useAct(sendAgain, texts.sentAgain)
  const send = () => again.mutate({ params: { id }, body: { mayArriveTwice: accepted } }, { onSuccess: onClose })
  return (
    <Modal opened onClose={onClose} title={texts.twiceTitle} closeButtonProps={{ "aria-label": shellTexts.close }}>
      <Stack>
        <Text className="words">{text}</Text>
        <Text>{texts.twiceText}</Text>
        <Checkbox label={texts.twice} checked={accepted} onChange={(event) => setAccepted(event.currentTarget.checked)} />
        <FaultAlert error={again.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {shellTexts.cancel}
          </Button>
          <Button disabled={!accepted} loading={again.isPending} onClick={send}>
            {texts.again}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function DismissDialog({ row: { id, text }, onClose }: DialogProps) {
  const dismiss = useAct(dismissUnsent, texts.dismissed)
  return (
    <Modal opened onClose={onClose} title={texts.dismissTitle} closeButtonProps={{ "aria-label": shellTexts.close }}>
      <Stack>
        <Text className="words">{text}</Text>
        <Text>{texts.dismissText}</Text>
        <FaultAlert error={dismiss.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {shellTexts.cancel}
          </Button>
          <Button color="red" loading={dismiss.isPending} onClick={() => dismiss.mutate({ params: { id } }, { onSuccess: onClose })}>
            {texts.dismiss}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
