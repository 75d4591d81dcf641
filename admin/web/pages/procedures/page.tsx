import { Anchor, Badge, Button, Checkbox, Group, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import {
  listProcedures,
  PROCEDURE_LACKS,
  PROCEDURE_LEVELS,
  PROCEDURE_SHOWS,
  type ProcedureRow,
  readProcedureChoices,
} from "../../../contract/procedures.ts"
import { call } from "../../api.ts"
import { type Column, DataTable } from "../../parts/data-table.tsx"
import { choicesOf, FilterSelect, OptionalFilter, OwnerFilter } from "../../parts/filters.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { UpkeepLinks } from "../../parts/upkeep-links.tsx"
import { type ServerTable, useServerTable } from "../../parts/server-table.ts"
import { mayOpen, useMe } from "../../session.ts"
import { SameDay } from "./same-day.tsx"
import { procedureTexts as texts } from "./texts.ts"

/** The procedures: finding one, seeing what it lacks and what is due. */
export function Page() {
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const table = useServerTable(listProcedures)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const pick = (code: string, on: boolean) =>
    setChosen((known) => new Set(on ? [...known, code] : [...known].filter((one) => one !== code)))
  const ticks: Column<ProcedureRow> = {
    title: texts.picked,
    render: ({ code, name }) => (
      <Checkbox aria-label={texts.pick(name)} checked={chosen.has(code)} onChange={(event) => pick(code, event.currentTarget.checked)} />
    ),
  }
  return (
    <Stack>
      <Group justify="space-between">
        <PageTitle>{texts.title}</PageTitle>
        {mayEdit && (
          <Group gap="xs">
            <Button component={Link} to="/thu-tuc/nhap" variant="default">
              {texts.import}
            </Button>
            <Button component={Link} to="/thu-tuc/moi">
              {texts.add}
            </Button>
          </Group>
        )}
      </Group>
      <Text>{texts.hint}</Text>
      <UpkeepLinks kind="procedure" />
      {mayEdit && <SameDay codes={[...chosen]} onDone={() => setChosen(new Set())} />}
      <DataTable
        label={texts.list}
        table={table}
        columns={mayEdit ? [ticks, ...COLUMNS] : COLUMNS}
        rowKey={({ code }) => code}
        search={texts.search}
        filters={<Filters table={table} />}
      />
    </Stack>
  )
}

const COLUMNS: readonly Column<ProcedureRow>[] = [
  {
    title: texts.name,
    sort: "name",
    render: ({ code, name }) => (
      <Stack gap={2} className="break">
        <Anchor component={Link} to={`/thu-tuc/${code}`} fw={600} aria-label={texts.openOf(name)}>
          {name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {texts.code(code)}
        </Text>
      </Stack>
    ),
  },
  {
    title: texts.field,
    sort: "field",
    render: ({ field, levels }) => (
      <Stack gap={2}>
        <Text size="sm">{field || texts.noField}</Text>
        <Text size="sm" c="dimmed">
          {levels.map((level) => texts.levels[level]).join(", ")}
        </Text>
      </Stack>
    ),
  },
  { title: texts.state, render: (row) => <Standing row={row} /> },
  {
    title: texts.reviewBy,
    sort: "reviewBy",
    render: ({ owner, reviewBy }) => <Text size="sm">{texts.due(owner, reviewBy)}</Text>,
  },
]

/** What is to be known of a procedure at a glance. */
function Standing({ row }: { row: ProcedureRow }) {
  const { told, demo, draft, suspended, sameDay, effectiveTo, lacks } = row
  const badges = [
    ...(suspended === null ? [] : [texts.suspended]),
    ...(draft ? [texts[draft.state]] : []),
    ...(draft?.withdraws ? [texts.withdraws] : []),
    ...(told ? [] : [draft ? texts.notTold : texts.withdrawn]),
    ...(demo ? [texts.demo] : []),
    ...(sameDay ? [texts.sameDay] : []),
    ...(effectiveTo ? [texts.until(effectiveTo)] : []),
  ]
  return (
    <Stack gap={4} maw={360}>
      <Group gap={4}>
        {badges.map((badge) => (
          <Badge key={badge} variant="default" tt="none">
            {badge}
          </Badge>
        ))}
      </Group>
      {lacks.length > 0 && <Text size="sm">{texts.lacksOf(lacks)}</Text>}
    </Stack>
  )
}

/** Fields that procedures can be filtered by. */
export const useChoices = () => useQuery({ queryKey: ["procedure-choices"], queryFn: () => call(readProcedureChoices) })

function Filters({ table }: { table: ServerTable<ProcedureRow> }) {
  const choices = useChoices()
  return (
    <>
      <FilterSelect table={table} name="show" label={texts.show} choices={choicesOf(PROCEDURE_SHOWS, texts.shows)} />
      <OptionalFilter
        table={table}
        name="field"
        label={texts.field}
        choices={(choices.data?.fields ?? []).map((field) => ({ value: field, label: field }))}
      />
      <OptionalFilter table={table} name="level" label={texts.level} choices={choicesOf(PROCEDURE_LEVELS, texts.levels)} />
      <OptionalFilter table={table} name="lack" label={texts.lack} choices={choicesOf(PROCEDURE_LACKS, texts.lacks)} />
      <OwnerFilter table={table} label={texts.owner} />
    </>
  )
}
