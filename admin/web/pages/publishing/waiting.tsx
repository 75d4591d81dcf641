import { Anchor, Button, Card, Group, List, Stack, Text, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { listDocuments } from "../../../contract/documents.ts"
import { listDrafts, submitDraft } from "../../../contract/drafts.ts"
import { readWaiting, startCheck, type WaitingDraft } from "../../../contract/publishing.ts"
import { call } from "../../api.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { Loading } from "../../parts/loading.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { CheckPart } from "./check.tsx"
import { DraftCard } from "./draft-card.tsx"
import { publishingTexts as texts } from "./texts.ts"

/** What is being written, what waits for review, and trying it out. */
export function WaitingPart() {
  const me = useMe()
  const waiting = useQuery({ queryKey: ["publications-waiting"], queryFn: () => call(readWaiting) })
  return (
    <Stack>
      {mayOpen(me, "knowledge.edit") && <InWork />}
      <FaultAlert error={waiting.error} onRetry={() => void waiting.refetch()} />
      {waiting.isPending && <Loading />}
      {waiting.data && <Review drafts={waiting.data.drafts} more={waiting.data.more} />}
      <FilesToPublish />
      <CheckPart of="drafts" />
    </Stack>
  )
}

/** Leads to the files that are confirmed and not told yet; nothing when there are none. */
function FilesToPublish() {
  const files = useQuery({
    queryKey: ["files-to-publish"],
    queryFn: () => call(listDocuments, { query: { state: "to_publish", size: 5 } }),
  })
  const total = files.data?.total ?? 0
  if (total === 0) return <FaultAlert error={files.error} />
  return (
    <Anchor component={Link} to="/van-ban" search={{ state: "to_publish" } as never}>
      {texts.files(total)}
    </Anchor>
  )
}

/** The drafts that nobody handed on yet; nothing when there are none. */
function InWork() {
  const drafts = useQuery({ queryKey: ["drafts-editing"], queryFn: () => call(listDrafts, { query: { state: "editing", size: 100 } }) })
  const submit = useAct(submitDraft, texts.submitted)
  const rows = drafts.data?.rows ?? []
  if (rows.length === 0) return <FaultAlert error={drafts.error} />
  return (
    <Card withBorder component="section">
      <Stack gap="xs">
        <Title order={2} size="h4">
          {texts.editing}
        </Title>
        <FaultAlert error={submit.error} />
        {rows.map(({ id, name, version, note }) => (
          <Group key={id} justify="space-between" className="break">
            <Stack gap={0}>
              <Text fw={600}>{name}</Text>
              {note && <Text size="sm">{texts.note(note)}</Text>}
            </Stack>
            <Button
              size="xs"
              variant="default"
              aria-label={texts.submitOf(name)}
              onClick={() => submit.mutate({ params: { id }, body: { version } })}
            >
              {texts.submit}
            </Button>
          </Group>
        ))}
      </Stack>
    </Card>
  )
}

function Review({ drafts, more }: { drafts: readonly WaitingDraft[]; more: number }) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const mayPublish = mayOpen(useMe(), "knowledge.publish")
  // A draft that came in, or may not be published by this person, is not chosen by itself.
  const chosen = drafts.filter(({ id, barred }) => !left.has(id) && barred === null)
  const choose = (id: string, wanted: boolean) =>
    setLeft((before) => new Set(wanted ? [...before].filter((other) => other !== id) : [...before, id]))
  return (
    <Stack component="section" aria-label={texts.waiting}>
      {drafts.length === 0 && <Text>{texts.noneWaiting}</Text>}
      {drafts.map((draft) => (
        <DraftCard
          key={`${draft.id} ${draft.version}`}
          draft={draft}
          choice={mayPublish ? { chosen: chosen.includes(draft), onChoose: (wanted) => choose(draft.id, wanted) } : null}
        />
      ))}
      {more > 0 && <Text>{texts.more(more)}</Text>}
      {drafts.length > 0 && (mayPublish ? <Starting drafts={drafts} chosen={chosen} /> : <Text>{texts.mayNotPublish}</Text>)}
    </Stack>
  )
}

function Starting({ drafts, chosen }: { drafts: readonly WaitingDraft[]; chosen: readonly WaitingDraft[] }) {
  const start = useAct(startCheck)
  const barred = drafts.flatMap(({ name, barred: why }) => (why === null ? [] : [texts.barred(name, why)]))
  return (
    <Stack gap="sm" align="flex-start">
      <FaultAlert error={start.error} />
      {barred.length > 0 && (
        <List>
          {barred.map((why) => (
            <List.Item key={why}>{why}</List.Item>
          ))}
        </List>
      )}
      {chosen.length === 0 && <Text size="sm">{texts.chooseFirst}</Text>}
      <Button
        disabled={chosen.length === 0}
        loading={start.isPending}
        onClick={() => start.mutate({ body: { drafts: chosen.map(({ id, version }) => ({ id, version })) } })}
      >
        {texts.check}
      </Button>
    </Stack>
  )
}
