import { Anchor, Badge, Group, Stack, Text } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { KNOWLEDGE_KINDS } from "../../../contract/drafts.ts"
import { listUpkeep, UPKEEP_SHOWS, type UpkeepRow } from "../../../contract/upkeep.ts"
import { type Column, DataTable } from "../../parts/data-table.tsx"
import { choicesOf, FilterSelect, OptionalFilter, OwnerFilter } from "../../parts/filters.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { recordAddress } from "../../parts/record-address.ts"
import { type ServerTable, useServerTable } from "../../parts/server-table.ts"
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

function Filters({ table }: { table: ServerTable<UpkeepRow> }) {
  return (
    <>
      <FilterSelect table={table} name="show" label={texts.show} choices={choicesOf(UPKEEP_SHOWS, texts.shows)} />
      <OptionalFilter table={table} name="kind" label={texts.kind} choices={choicesOf(KNOWLEDGE_KINDS, texts.kinds)} />
      <OwnerFilter table={table} label={texts.owner} />
    </>
  )
}
