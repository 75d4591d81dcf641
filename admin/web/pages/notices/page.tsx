import { Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { listNotices, NOTICE_KINDS, type NoticeKind, type NoticeRow } from "../../../contract/notices.ts"
import { call } from "../../api.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { Loading } from "../../parts/loading.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { UpkeepLinks } from "../../parts/upkeep-links.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { noticeTexts as texts } from "./texts.ts"

/** Key of a notice that is still to be named. */
export const NEW = "moi"

/** The public notices and the calendar, kind by kind. */
export function Page() {
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const notices = useQuery({ queryKey: ["notices"], queryFn: () => call(listNotices) })
  return (
    <Stack>
      <PageTitle>{texts.title}</PageTitle>
      <Text>{texts.hint}</Text>
      <UpkeepLinks kind="notice" />
      <FaultAlert error={notices.error} onRetry={() => void notices.refetch()} />
      {notices.isPending && <Loading />}
      {notices.data &&
        NOTICE_KINDS.map((kind) => (
          <KindPart key={kind} {...{ kind, mayEdit }} rows={notices.data.rows.filter((row) => row.kind === kind)} />
        ))}
    </Stack>
  )
}

function KindPart({ kind, rows, mayEdit }: { kind: NoticeKind; rows: readonly NoticeRow[]; mayEdit: boolean }) {
  const { name, hint } = texts.kinds[kind]
  return (
    <Card withBorder component="section">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {name}
          </Title>
          {mayEdit && (
            <Button component={Link} to={`/thong-bao/${kind}/${NEW}`} variant="default" size="xs" aria-label={texts.addOf(name)}>
              {texts.add}
            </Button>
          )}
        </Group>
        <Text size="sm">{hint}</Text>
        {rows.length === 0 && <Text fs="italic">{texts.none}</Text>}
        {rows.map((row) => (
          <Row key={row.key} {...{ row, mayEdit }} />
        ))}
      </Stack>
    </Card>
  )
}

function Row({ row, mayEdit }: { row: NoticeRow; mayEdit: boolean }) {
  return (
    <Group justify="space-between" align="flex-start" wrap="wrap">
      <Stack gap={4} maw={640} className="break">
        <Group gap="xs">
          <Text fw={600}>{row.title}</Text>
          <States row={row} />
        </Group>
        <Text size="sm">{row.text}</Text>
      </Stack>
      <Button
        component={Link}
        to={`/thong-bao/${row.kind}/${row.key}`}
        size="xs"
        variant="default"
        aria-label={(mayEdit ? texts.editOf : texts.viewOf)(row.title)}
      >
        {mayEdit ? texts.edit : texts.view}
      </Button>
    </Group>
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
