import { Anchor, Badge, Group, NativeSelect, Stack, Text } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { listUpkeep, UPKEEP_SHOWS, type UpkeepRow } from "../../../contract/upkeep.ts"
import { useOwners } from "../../parts/care.tsx"
import { type Column, DataTable } from "../../parts/data-table.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { recordAddress } from "../../parts/record-address.ts"
import { type ServerTable, useServerTable } from "../../parts/server-table.ts"
import { shellTexts } from "../../texts.ts"
import { upkeepTexts as texts } from "./texts.ts"

/** What of all that is told wants to be looked at. */
export function Page() {
  const table = useServerTable(listUpkeep)
  return (
    <Stack>
      <PageTitle>{texts.title}</PageTitle>
      <Text>{texts.hint}</Text>
      <DataTable
        label={texts.list}
        table={table}
        columns={COLUMNS}
        rowKey={({ kind, key }) => `${kind}:${key}`}
        search={texts.search}
        filters={<Filters table={table} />}
      />
    </Stack>
  )
}

const COLUMNS: readonly Column<UpkeepRow>[] = [
  {
    title: texts.name,
    sort: "name",
    render: (row) => (
      <Stack gap={2} className="break">
        <Anchor component={Link} to={recordAddress(row)} fw={600} aria-label={texts.openOf(row.name)}>
          {row.name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {texts.kinds[row.kind]} {row.key}
        </Text>
      </Stack>
    ),
  },
  {
    title: texts.reason,
    render: ({ reasons, successor }) => (
      <Stack gap={4} maw={360} className="break">
        <Group gap={4}>
          {reasons.map((reason) => (
            <Badge key={reason} variant="default" tt="none">
              {texts.reasons[reason]}
            </Badge>
          ))}
        </Group>
        {successor && (
          <Anchor component={Link} size="sm" to={recordAddress({ ...successor, noticeKind: null })}>
            {texts.successor(successor.name)}
          </Anchor>
        )}
      </Stack>
    ),
  },
  {
    title: texts.due,
    sort: "due",
    render: ({ endsOn, reviewBy }) => (
      <Stack gap={2}>
        {endsOn && <Text size="sm">{texts.ends(endsOn)}</Text>}
        {reviewBy && <Text size="sm">{texts.review(reviewBy)}</Text>}
      </Stack>
    ),
  },
  { title: texts.owner, render: ({ owner }) => <Text size="sm">{owner ?? texts.nobody}</Text> },
]

function Filters({ table: { query, set } }: { table: ServerTable<UpkeepRow> }) {
  const owners = useOwners()
  const any = { value: "", label: shellTexts.all }
  const filters = [
    { name: "show", label: texts.show, data: UPKEEP_SHOWS.map((show) => ({ value: show, label: texts.shows[show] })) },
    { name: "kind", label: texts.kind, data: [any, ...Object.entries(texts.kinds).map(([value, label]) => ({ value, label }))] },
    {
      name: "ownerId",
      label: texts.owner,
      data: [any, ...(owners.data?.owners ?? []).map(({ id, name }) => ({ value: id, label: name }))],
    },
  ]
  return filters.map(({ name, label, data }) => (
    <NativeSelect
      key={name}
      label={label}
      maw={240}
      data={data}
      value={String(query[name])}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  ))
}
