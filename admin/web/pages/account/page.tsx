import { Button, Card, Group, PasswordInput, Stack, Text, Title } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import { useQuery } from "@tanstack/react-query"
import { type ReactNode, useState } from "react"
import { changePassword, endOwnSession, readAccount, type SessionRow } from "../../../contract/account.ts"
import { call } from "../../api.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { useContractForm } from "../../parts/form.ts"
import { moment } from "../../parts/format.ts"
import { Loading } from "../../parts/loading.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { Roles } from "../../parts/roles.tsx"
import { useMe } from "../../session.ts"
import { shellTexts } from "../../texts.ts"
import { SecondStep } from "./second-step.tsx"
import { accountTexts as texts } from "./texts.ts"

/** One's own password, second step and sessions. */
export function Page() {
  const me = useMe()
  // A new number makes the form anew, empty.
  const [changes, setChanges] = useState(0)
  const onChanged = () => {
    setChanges((count) => count + 1)
    notifications.show({ message: texts.changed })
  }
  const account = useQuery({ queryKey: ["account"], queryFn: () => call(readAccount) })
  return (
    <Stack>
      <PageTitle>{texts.title}</PageTitle>
      {me && (
        <Group>
          <Text fw={600}>{me.name}</Text>
          <Text c="dimmed">{me.account}</Text>
          <Roles roles={me.roles} />
        </Group>
      )}
      <FaultAlert error={account.error} onRetry={() => void account.refetch()} />
      {account.isPending && <Loading />}
      {account.data && (
        <>
          <Part title={texts.sessions}>
            <Sessions sessions={account.data.sessions} />
          </Part>
          <Part title={texts.password}>
            <PasswordForm key={changes} onChanged={onChanged} />
          </Part>
          <Part title={texts.secondStep}>
            <SecondStep on={account.data.secondStep} codesLeft={account.data.recoveryCodesLeft} />
          </Part>
        </>
      )}
    </Stack>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder component="section">
      <Stack>
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  )
}

function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const { form, submit, pending, fault } = useContractForm(changePassword, {
    initial: { current: "", password: "" },
    onDone: onChanged,
  })
  const toggle = { visibilityToggleButtonProps: { "aria-label": shellTexts.showPassword } }
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw={480}>
        <Text size="sm">{texts.passwordHint}</Text>
        <FaultAlert error={fault} />
        <PasswordInput label={texts.current} autoComplete="current-password" {...toggle} {...form.getInputProps("current")} />
        <PasswordInput
          label={texts.next}
          description={texts.nextHint}
          autoComplete="new-password"
          {...toggle}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={pending}>
          {texts.change}
        </Button>
      </Stack>
    </form>
  )
}

function Sessions({ sessions }: { sessions: readonly SessionRow[] }) {
  const end = useAct(endOwnSession, texts.ended)
  return (
    <Stack gap="xs">
      <FaultAlert error={end.error} />
      {sessions.map(({ id, device, address, createdAt, seenAt, current }) => (
        <Group key={id} justify="space-between">
          <div className="break">
            <Text fw={600}>{current ? texts.thisOne : address}</Text>
            <Text size="sm" c="dimmed">
              {device}
            </Text>
            <Text size="sm">{`${texts.since(moment(createdAt))}, ${texts.seen(moment(seenAt))}`}</Text>
          </div>
          {!current && (
            <Button variant="default" size="xs" aria-label={texts.endOf(address)} onClick={() => end.mutate({ params: { id } })}>
              {texts.end}
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  )
}
