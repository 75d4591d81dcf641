import { Alert, Badge, Button, Card, Code, CopyButton, Group, Stack, Text, Title } from "@mantine/core"
import { type ChannelRow, switchChannel } from "../../../contract/channels.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { moment } from "../../parts/format.ts"
import { channelTexts as texts } from "./texts.ts"

const COLOURS: Readonly<Record<ChannelRow["state"], string>> = {
  online: "green",
  connecting: "blue",
  standby: "blue",
  degraded: "orange",
  needs_human: "red",
  off: "gray",
}

/** What a dialog is opened for. */
export type Deed = "change" | "remove" | "sign_in"

interface Props {
  readonly row: ChannelRow
  readonly onAsk: (what: Deed) => void
  /** The account signs in by a picture. */
  readonly byQr: boolean
}

/** One account: how it is, since when, what to do, and where the platform calls. */
export function AccountCard({ row, onAsk, byQr }: Props) {
  const { id, name, kindName, state, since, fixed } = row
  return (
    <Card withBorder component="article" aria-label={name}>
      <Stack gap="sm">
        <Group gap="sm" className="break">
          <Title order={2} size="h4">
            {name}
          </Title>
          <Badge variant="default" tt="none">
            {kindName}
          </Badge>
        </Group>
        <Group gap="xs">
          <span className="lamp" data-colour={COLOURS[state]} aria-hidden />
          <Text fw={600} role="status">
            {texts.states[state]}
          </Text>
          {since && (
            <Text size="sm" c="dimmed">
              {texts.since(moment(since))}
            </Text>
          )}
        </Group>
        <Trouble row={row} />
        <Text size="sm" c="dimmed" className="break">
          {texts.account}: {id}
        </Text>
        {row.webhook && <Webhook name={name} path={row.webhook} />}
        {fixed ? <Text size="sm">{texts.fixed}</Text> : <Actions {...{ row, onAsk, byQr }} />}
      </Stack>
    </Card>
  )
}

function Trouble({ row: { state, reason, remedy } }: { row: ChannelRow }) {
  if (reason === "") return null
  return (
    <Alert variant="outline" color={COLOURS[state]} title={<Text c="var(--mantine-color-text)">{reason}</Text>}>
      {remedy && (
        <Text c="var(--mantine-color-text)">
          {texts.remedy}: {remedy}
        </Text>
      )}
    </Alert>
  )
}

function Webhook({ name, path }: { name: string; path: string }) {
  const address = new URL(path, window.location.origin).href
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {texts.webhook}
      </Text>
      <Group gap="sm">
        <Code className="break">{address}</Code>
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" aria-label={texts.copyWebhookOf(name)} onClick={copy}>
              {copied ? texts.copied : texts.copyWebhook}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text size="sm" c="dimmed">
        {texts.webhookHint}
      </Text>
    </Stack>
  )
}

function Actions({ row: { id, name, enabled }, onAsk, byQr }: Props) {
  const turn = useAct(switchChannel, enabled ? texts.switchedOff : texts.switchedOn)
  return (
    <>
      <Group gap="xs" role="group" aria-label={texts.actionsOf(name)}>
        {byQr && (
          <Button size="xs" variant="default" aria-label={texts.signIn.openOf(name)} onClick={() => onAsk("sign_in")}>
            {texts.signIn.open}
          </Button>
        )}
        <Button size="xs" variant="default" aria-label={texts.changeOf(name)} onClick={() => onAsk("change")}>
          {texts.change}
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={enabled ? texts.offOf(name) : texts.onOf(name)}
          loading={turn.isPending}
          onClick={() => turn.mutate({ params: { id }, body: { enabled: !enabled } })}
        >
          {enabled ? texts.off : texts.on}
        </Button>
        <Button size="xs" variant="default" aria-label={texts.removeOf(name)} onClick={() => onAsk("remove")}>
          {texts.remove}
        </Button>
      </Group>
      <FaultAlert error={turn.error} />
    </>
  )
}
