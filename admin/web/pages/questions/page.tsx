import { Anchor, Badge, Button, Group, Stack, Text } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { GROUP_STATES, listQuestions, type QuestionGroupRow, reopenQuestions } from "../../../contract/questions.ts"
import { useAct } from "../../parts/act.ts"
import { type Column, DataTable } from "../../parts/data-table.tsx"
import { FaultAlert } from "../../parts/faults.tsx"
import { choicesOf, FilterSelect } from "../../parts/filters.tsx"
import { moment } from "../../parts/format.ts"
import { PageTitle } from "../../parts/page-title.tsx"
import { type ServerTable, useServerTable } from "../../parts/server-table.ts"
import { mayOpen, useMe } from "../../session.ts"
import { shellTexts } from "../../texts.ts"
import { AliasDialog } from "./alias-dialog.tsx"
import { FaqDialog, SetAsideDialog } from "./dialogs.tsx"
import { questionTexts as texts } from "./texts.ts"

/** What citizens asked and were not well answered, in groups, and what to do about each. */
export function Page() {
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const table = useServerTable(listQuestions)
  const columns = mayEdit ? [...COLUMNS, { title: texts.actions, render: (row: QuestionGroupRow) => <Actions row={row} /> }] : COLUMNS
  return (
    <Stack>
      <PageTitle>{texts.title}</PageTitle>
      <Text>{texts.hint}</Text>
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

function StateFilter({ table }: { table: ServerTable<QuestionGroupRow> }) {
  const choices = [...choicesOf(GROUP_STATES, texts.states), { value: "all", label: shellTexts.all }]
  return <FilterSelect table={table} name="state" label={texts.state} choices={choices} />
}

const COLUMNS: readonly Column<QuestionGroupRow>[] = [
  { title: texts.group, render: (row) => <Asked row={row} /> },
  {
    title: texts.count,
    sort: "count",
    render: ({ count, ratedWrong, week, weekBefore }) => (
      <Stack gap={2}>
        <Text fw={600}>{texts.times(count)}</Text>
        {ratedWrong > 0 && <Text size="sm">{texts.ratedWrong(ratedWrong)}</Text>}
        <Text size="sm" c="dimmed">
          {texts.trend(week, weekBefore)}
        </Text>
      </Stack>
    ),
  },
  { title: texts.last, sort: "lastAt", render: ({ lastAt }) => moment(lastAt) },
]

function Asked({ row }: { row: QuestionGroupRow }) {
  const { title, state, examples, suggestion, record, reason, decidedBy, decidedAt, reopened } = row
  const others = examples.filter((example) => example !== title)
  return (
    <Stack gap={4} maw={480} className="break">
      <Text fw={600}>{title}</Text>
      <Group gap="xs">
        <Badge variant="default" tt="none">
          {texts.states[state]}
        </Badge>
      </Group>
      {others.length > 0 && (
        <Text size="sm">
          {texts.examples}: {others.map((example) => `“${example}”`).join(", ")}
        </Text>
      )}
      {suggestion && state === "open" && <Text size="sm">{texts.nearest(suggestion.name)}</Text>}
      {record && state === "drafted" && <Text size="sm">{texts.waiting(record.key)}</Text>}
      {reason !== "" && decidedAt && <Text size="sm">{texts.reason(reason, decidedBy ?? "", moment(decidedAt))}</Text>}
      {reopened > 0 && <Text size="sm">{texts.reopened(reopened)}</Text>}
    </Stack>
  )
}

const DIALOGS = { alias: AliasDialog, faq: FaqDialog, setAside: SetAsideDialog } as const
type Doing = keyof typeof DIALOGS

function Actions({ row }: { row: QuestionGroupRow }) {
  const { id, title, state, version } = row
  const [doing, setDoing] = useState<Doing | null>(null)
  const reopen = useAct(reopenQuestions, texts.reopenedNow)
  const Dialog = doing && DIALOGS[doing]
  const small = { size: "xs", variant: "default" } as const
  return (
    <Group gap="xs">
      {state === "open" &&
        (["alias", "faq", "setAside"] as const).map((kind) => (
          <Button key={kind} {...small} aria-label={texts.of(texts[kind], title)} onClick={() => setDoing(kind)}>
            {texts[kind]}
          </Button>
        ))}
      {state !== "open" && (
        <Button
          {...small}
          loading={reopen.isPending}
          aria-label={texts.of(texts.reopen, title)}
          onClick={() => reopen.mutate({ params: { id }, body: { version } })}
        >
          {texts.reopen}
        </Button>
      )}
      <Anchor component={Link} to="/thu-hoi" search={{ hoi: title } as never} size="sm" aria-label={texts.of(texts.try, title)}>
        {texts.try}
      </Anchor>
      <FaultAlert error={reopen.error} />
      {Dialog && <Dialog row={row} onClose={() => setDoing(null)} />}
    </Group>
  )
}
