import { Badge, Button, Card, Group, Progress, SimpleGrid, Stack, Text, Textarea, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { type CheckRow, type GoldenAnswerRow, type GoldenOutcomeRow, publishCheck, readCheck } from "../../../contract/publishing.ts"
import { call } from "../../api.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { useContractForm } from "../../parts/form.ts"
import { moment } from "../../parts/format.ts"
import { mayOpen, useMe } from "../../session.ts"
import { publishingTexts as texts } from "./texts.ts"

const WHILE_RUNNING_MS = 1000

/** The newest check, of drafts, of what is told now or of one file: how far it is, what it showed, and publishing from it. */
export function CheckPart({ of }: { of: "drafts" | "live" | { readonly file: string } }) {
  const file = typeof of === "string" ? "" : of.file
  const check = useQuery({
    queryKey: ["publications-check", file],
    queryFn: () => call(readCheck, { query: { file } }),
    refetchInterval: ({ state }) => (state.data?.check?.state === "running" ? WHILE_RUNNING_MS : false),
  })
  const found = check.data?.check
  if (!found || (file === "" && found.drafts.length > 0 !== (of === "drafts"))) return <FaultAlert error={check.error} />
  return <Shown key={found.id} check={found} />
}

function Shown({ check }: { check: CheckRow }) {
  const { state, by, at, drafts, file, outcomes, progress } = check
  const compared = drafts.length > 0 || file !== null
  const mayPublish = mayOpen(useMe(), "knowledge.publish")
  return (
    <Card withBorder component="section" aria-label={texts.checkTitle}>
      <Stack gap="sm" className="break">
        <Title order={2} size="h4">
          {texts.checkTitle}
        </Title>
        <Text size="sm">{texts.startedBy(by, moment(at))}</Text>
        {drafts.length > 0 && <Text size="sm">{texts.checked(drafts.map(({ name }) => name))}</Text>}
        <Text role="status" fw={600}>
          {texts.states[state]}
        </Text>
        {progress && <Underway {...progress} />}
        {(state === "done" || state === "published") && <Outcomes outcomes={outcomes} compared={compared} />}
        {state === "done" && compared && mayPublish && <Publishing check={check} />}
      </Stack>
    </Card>
  )
}

function Underway({ done, total }: { done: number; total: number }) {
  const words = texts.progress(done, total)
  return (
    <Stack gap={4}>
      <Text size="sm">{words}</Text>
      <Progress value={total === 0 ? 0 : (100 * done) / total} aria-label={words} />
      <Text size="sm">{texts.mayLeave}</Text>
    </Stack>
  )
}

/** What needs to be looked at first: lost, gained, then what is wrong before and after. */
const rankOf = ({ verdict, live }: GoldenOutcomeRow) => ["lost", "gained", "unchanged"].indexOf(verdict) * 2 + (live.right ? 1 : 0)

function Outcomes({ outcomes, compared }: { outcomes: readonly GoldenOutcomeRow[]; compared: boolean }) {
  if (outcomes.length === 0) return <Text>{texts.noGolden}</Text>
  const count = (verdict: GoldenOutcomeRow["verdict"]) => outcomes.filter((outcome) => outcome.verdict === verdict).length
  const right = outcomes.filter(({ live }) => live.right).length
  return (
    <>
      <Text>
        {compared
          ? texts.counts({ lost: count("lost"), gained: count("gained"), unchanged: count("unchanged") })
          : texts.liveCounts(right, outcomes.length - right)}
      </Text>
      {[...outcomes]
        .sort((a, b) => rankOf(a) - rankOf(b))
        .map((outcome) => (
          <Outcome key={outcome.question} outcome={outcome} />
        ))}
    </>
  )
}

function Outcome({ outcome: { question, kind, key, words, verdict, live, candidate } }: { outcome: GoldenOutcomeRow }) {
  const changed = candidate !== null && (verdict !== "unchanged" || candidate.text !== live.text)
  return (
    <details open={verdict === "lost"}>
      <summary>{`${candidate ? texts.verdicts[verdict] : live.right ? texts.right : texts.wrong}: ${question}`}</summary>
      <Stack gap="xs" p="xs">
        <Text size="sm">{texts.expected(texts.recordName(`${kind}:${key}`), words)}</Text>
        <SimpleGrid cols={{ base: 1, sm: changed ? 2 : 1 }}>
          <OneAnswer title={texts.answerNow} answer={live} />
          {changed && <OneAnswer title={texts.answerThen} answer={candidate} />}
        </SimpleGrid>
      </Stack>
    </details>
  )
}

function OneAnswer({ title, answer: { right, text, source, missing } }: { title: string; answer: GoldenAnswerRow }) {
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Text fw={600}>{title}</Text>
        <Badge variant="default" tt="none">
          {right ? texts.right : texts.wrong}
        </Badge>
      </Group>
      {missing.length > 0 && <Text size="sm">{texts.missing(missing)}</Text>}
      <p className="words">{text}</p>
      <Text size="sm">{texts.source(source)}</Text>
    </Stack>
  )
}

function Publishing({ check: { id, closed, outcomes } }: { check: CheckRow }) {
  const { form, submit, pending, fault } = useContractForm(publishCheck, {
    ...{ initial: { reason: "" }, params: { id } },
    onDone: () => undefined,
  })
  const lost = outcomes.filter(({ verdict }) => verdict === "lost").length
  if (closed !== null) return <Text fw={600}>{closed}</Text>
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" align="flex-start">
        <FaultAlert error={fault} />
        {lost > 0 && (
          <>
            <Text fw={600}>{texts.lostHint(lost)}</Text>
            <Textarea w="100%" label={texts.reason} withAsterisk autosize minRows={2} {...form.getInputProps("reason")} />
          </>
        )}
        <Button type="submit" loading={pending} disabled={lost > 0 && form.values.reason.trim() === ""}>
          {texts.publish}
        </Button>
      </Stack>
    </form>
  )
}
