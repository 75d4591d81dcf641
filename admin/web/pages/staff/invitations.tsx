import { Button, Card, Group, Stack, Text, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { listInvitations, withdrawInvitation } from "../../../contract/staff.ts"
import { call } from "../../api.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { moment } from "../../parts/format.ts"
import { Roles } from "../../parts/roles.tsx"
import { staffTexts as texts } from "./texts.ts"

/** Invitations that nobody has used yet; nothing when there are none. */
export function Invitations() {
  const invitations = useQuery({ queryKey: ["invitations"], queryFn: () => call(listInvitations) })
  const withdraw = useAct(withdrawInvitation, texts.done)
  const rows = invitations.data?.rows ?? []
  if (rows.length === 0) return <FaultAlert error={invitations.error} />
  return (
    <Card withBorder component="section">
      <Stack gap="xs">
        <Title order={2} size="h4">
          {texts.waiting}
        </Title>
        <FaultAlert error={withdraw.error} />
        {rows.map(({ id, name, roles, expiresAt }) => (
          <Group key={id}>
            <Text>{name}</Text>
            <Roles roles={roles} />
            <Text size="sm" c="dimmed">
              {texts.until(moment(expiresAt))}
            </Text>
            <Button size="xs" variant="default" aria-label={texts.withdrawOf(name)} onClick={() => withdraw.mutate({ params: { id } })}>
              {texts.withdraw}
            </Button>
          </Group>
        ))}
      </Stack>
    </Card>
  )
}
