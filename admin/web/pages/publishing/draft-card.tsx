import { Badge, Button, Card, Checkbox, Group, Modal, SimpleGrid, Stack, Text, Textarea, Title } from "@mantine/core"
import { useState } from "react"
import { returnDraft } from "../../../contract/drafts.ts"
import type { DifferenceRow, WaitingDraft } from "../../../contract/publishing.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { useContractForm } from "../../parts/form.ts"
import { moment } from "../../parts/format.ts"
import { mayOpen, useMe } from "../../session.ts"
import { shellTexts } from "../../texts.ts"
import { publishingTexts as texts } from "./texts.ts"

interface Props {
  readonly draft: WaitingDraft
  /** Null for those who do not publish. */
  readonly choice: { readonly chosen: boolean; readonly onChoose: (wanted: boolean) => void } | null
}

/** One draft under review: what would be told otherwise, field by field. */
export function DraftCard({ draft, choice }: Props) {
  const { kind, key, name, note, changedBy, updatedAt, differences, outdated } = draft
  const [returning, setReturning] = useState(false)
  return (
    <Card withBorder component="article" aria-label={name}>
      <Stack gap="sm" className="break">
        <Group justify="space-between" align="flex-start">
          <Stack gap={2}>
            <Title order={2} size="h4">
              {name}
            </Title>
            <Text size="sm">{`${texts.kinds[kind]} ${key}. ${texts.changedBy(changedBy, moment(updatedAt))}`}</Text>
          </Stack>
          <Marks draft={draft} />
        </Group>
        {note && <Text>{texts.note(note)}</Text>}
        {outdated && <Text fw={600}>{texts.outdated}</Text>}
        <Differences differences={differences} />
        <Group justify="space-between">
          {choice ? (
            <Checkbox
              label={texts.choose(name)}
              checked={choice.chosen}
              disabled={draft.barred !== null}
              onChange={(event) => choice.onChoose(event.currentTarget.checked)}
            />
          ) : (
            <span />
          )}
          {mayOpen(useMe(), "knowledge.approve") && (
            <Button size="xs" variant="default" aria-label={texts.returnOf(name)} onClick={() => setReturning(true)}>
              {texts.returnBack}
            </Button>
          )}
        </Group>
        {returning && <ReturnDialog draft={draft} onClose={() => setReturning(false)} />}
      </Stack>
    </Card>
  )
}

function Marks({ draft: { isNew, withdraws, figures } }: { draft: WaitingDraft }) {
  const marks = [isNew && texts.isNew, withdraws && texts.withdraws, figures && texts.figures].filter((mark) => mark !== false)
  return (
    <Group gap={4}>
      {marks.map((mark) => (
        <Badge key={mark} variant="default" tt="none" h="auto" styles={{ label: { whiteSpace: "normal" } }}>
          {mark}
        </Badge>
      ))}
    </Group>
  )
}

function Differences({ differences }: { differences: readonly DifferenceRow[] }) {
  if (differences.length === 0) return <Text>{texts.noDifference}</Text>
  return (
    <Stack gap="xs" aria-label={texts.differences} role="group">
      {differences.map(({ field, before, after }) => (
        <Stack key={field} gap={2}>
          <Text fw={600}>{field}</Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
            <Lines title={texts.before} lines={before} />
            <Lines title={texts.after} lines={after} />
          </SimpleGrid>
        </Stack>
      ))}
    </Stack>
  )
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <p className="words">{lines.length === 0 ? texts.nothing : lines.join("\n")}</p>
    </div>
  )
}

function ReturnDialog({ draft: { id, version }, onClose }: { draft: WaitingDraft; onClose: () => void }) {
  const { form, submit, pending, fault } = useContractForm(returnDraft, {
    ...{ initial: { note: "" }, params: { id }, besides: { version } },
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title={texts.returnTitle} closeButtonProps={{ "aria-label": shellTexts.close }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FaultAlert error={fault} />
          <Textarea label={texts.returnReason} autosize minRows={3} data-autofocus {...form.getInputProps("note")} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shellTexts.cancel}
            </Button>
            <Button type="submit" loading={pending}>
              {texts.returnBack}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
