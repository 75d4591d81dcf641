import { Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { listNotices, NOTICE_KINDS, NOTICE_SHOWS, type NoticeKind, type NoticeRow } from "../../../contract/notices.ts"
import { type Column, DataTable } from "../../parts/data-table.tsx"
import { choicesOf, OptionalFilter } from "../../parts/filters.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { useServerTable } from "../../parts/server-table.ts"
import { UpkeepLinks } from "../../parts/upkeep-links.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { noticeTexts as texts } from "./texts.ts"

/** Key of a notice that is still to be named. */
export const NEW = "moi"

/** The public notices and the calendar. */
export function Page() {
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const table = useServerTable(listNotices)
  return (
    <Stack>
      <PageTitle>{texts.title}</PageTitle>
      <Text>{texts.hint}</Text>
      <UpkeepLinks kind="notice" />
      <DataTable
        label={texts.title}
        table={table}
        columns={columns(mayEdit)}
        rowKey={({ key }) => key}
        search={texts.search}
        filters={
          <>
            <OptionalFilter table={table} name="kind" label={texts.kind} choices={choicesOf(NOTICE_KINDS, kindNames)} />
            <OptionalFilter table={table} name="show" label={texts.show} choices={choicesOf(NOTICE_SHOWS, texts.shows)} />
          </>
        }
      />
      {mayEdit && <Kinds />}
    </Stack>
  )
}

const kindNames = Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, texts.kinds[kind].name])) as Record<NoticeKind, string>

const columns = (mayEdit: boolean): readonly Column<NoticeRow>[] => [
  {
    title: texts.notice,
    sort: "title",
    render: (row) => (
      <Stack gap={4} maw={640} className="break">
        <Group gap="xs">
          <Text fw={600}>{row.title}</Text>
          <States row={row} />
        </Group>
        <Text size="sm">{row.text}</Text>
      </Stack>
    ),
  },
  { title: texts.kind, sort: "kind", render: ({ kind }) => kindNames[kind as NoticeKind] },
  {
    title: texts.act,
    render: (row) => (
      <Button
        component={Link}
        to={`/thong-bao/${row.kind}/${row.key}`}
        size="xs"
        variant="default"
        aria-label={(mayEdit ? texts.editOf : texts.viewOf)(row.title)}
      >
        {mayEdit ? texts.edit : texts.view}
      </Button>
    ),
  },
]

/** What may be told, and where a new one begins. */
function Kinds() {
  return (
    <Card withBorder component="section">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {texts.addTitle}
        </Title>
        {NOTICE_KINDS.map((kind) => (
          <Group key={kind} justify="space-between">
            <Stack gap={0} maw={640}>
              <Text fw={600}>{kindNames[kind]}</Text>
              <Text size="sm">{texts.kinds[kind].hint}</Text>
            </Stack>
            <Button component={Link} to={`/thong-bao/${kind}/${NEW}`} variant="default" size="xs" aria-label={texts.addOf(kindNames[kind])}>
              {texts.add}
            </Button>
          </Group>
        ))}
      </Stack>
    </Card>
  )
}

/** Whether a notice is told, and how far its draft is. */
export function States({ row: { told, demo, draft } }: { row: Pick<NoticeRow, "told" | "demo" | "draft"> }) {
  const states = [
    ...(told ? [demo ? texts.states.demo : texts.states.told] : []),
    ...(draft ? [texts.states[draft.state]] : []),
    ...(draft?.withdraws ? [texts.states.withdraws] : []),
  ]
  return states.map((state) => (
    <Badge key={state} variant="default" tt="none">
      {state}
    </Badge>
  ))
}
