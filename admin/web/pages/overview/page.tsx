import { Anchor, Badge, Card, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { type Overview, readOverview } from "../../../contract/overview.ts"
import { UPKEEP_REASONS } from "../../../contract/upkeep.ts"
import { call } from "../../api.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { Loading } from "../../parts/loading.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { UNSENT_TAB } from "../channels/tabs.ts"
import { upkeepTexts } from "../upkeep/texts.ts"
import { overviewTexts as texts } from "./texts.ts"

const REFRESH_MS = 30_000

/** How the program is and what waits. */
export function Page() {
  const overview = useQuery({ queryKey: ["overview"], queryFn: () => call(readOverview), refetchInterval: REFRESH_MS })
  return (
    <Stack>
      <PageTitle>{texts.title}</PageTitle>
      <FaultAlert error={overview.error} onRetry={() => void overview.refetch()} />
      {overview.isPending && <Loading />}
      {overview.data && <Cards {...overview.data} />}
    </Stack>
  )
}

function Cards({ commune, knowledge, channels, waiting, answers, upkeep }: Overview) {
  const me = useMe()
  return (
    <>
      <Text>{texts.commune(commune)}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Part title={texts.today}>
          <Text>{texts.answers(answers.today)}</Text>
          <Text>{texts.unanswered(answers.unanswered)}</Text>
          <Anchor href="/">{texts.page}</Anchor>
        </Part>
        <Waiting {...waiting} />
        <Part title={texts.knowledge}>
          <Group>
            <Text fw={600}>{texts.version(knowledge.version)}</Text>
            {knowledge.demo && (
              <Badge variant="default" tt="none">
                {texts.demo}
              </Badge>
            )}
          </Group>
          <Text>{texts.counts(knowledge)}</Text>
        </Part>
        {mayOpen(me, "knowledge.read") && <Upkeep counts={upkeep} />}
        <Part title={texts.channels}>
          {channels.map(({ account, state }) => (
            <Text key={account}>
              {channelName(account)}: {texts.states[state] ?? state}
            </Text>
          ))}
          {mayOpen(me, "channels.manage") && (
            <Anchor component={Link} to="/kenh">
              {texts.manage}
            </Anchor>
          )}
          {mayOpen(me, "audit.read") && (
            <Anchor component={Link} to="/nhat-ky">
              {texts.log}
            </Anchor>
          )}
        </Part>
      </SimpleGrid>
    </>
  )
}

function Waiting({ inbox, outbox, failed }: Overview["waiting"]) {
  const me = useMe()
  return (
    <Part title={texts.waiting}>
      <Text>{texts.inbox(inbox)}</Text>
      <Text>{texts.outbox(outbox)}</Text>
      <Text {...(failed > 0 ? { c: "var(--mantine-color-error)" } : {})}>{texts.failed(failed)}</Text>
      {failed > 0 && mayOpen(me, "channels.manage") && (
        <Anchor component={Link} to="/kenh" search={UNSENT_TAB as never}>
          {texts.unsent}
        </Anchor>
      )}
    </Part>
  )
}

function Upkeep({ counts }: { counts: Overview["upkeep"] }) {
  const due = UPKEEP_REASONS.filter((reason) => counts[reason] > 0)
  return (
    <Part title={texts.upkeep}>
      {due.length === 0 && <Text>{upkeepTexts.nothing}</Text>}
      {due.map((reason) => (
        <Anchor key={reason} component={Link} to="/ra-soat" search={{ show: reason } as never}>
          {upkeepTexts.count(reason, counts[reason])}
        </Anchor>
      ))}
      <Anchor component={Link} to="/ra-soat">
        {upkeepTexts.open}
      </Anchor>
    </Part>
  )
}

function channelName(account: string): string {
  const [kind = account, ...rest] = account.split(":")
  return [texts.channelNames[kind] ?? kind, ...rest].join(" ")
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder component="section">
      <Stack gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  )
}
