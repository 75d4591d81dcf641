import { Badge, Button, Group, Menu, Stack, Text } from "@mantine/core"
import { useState } from "react"
import { ROLES } from "../../../permissions.ts"
import { endStaffSessions, listStaff, resetStaff, STAFF_STATES, type StaffRow, switchStaff } from "../../../contract/staff.ts"
import { type Column, DataTable } from "../../parts/data-table.tsx"
import { FaultAlert } from "../../parts/faults.tsx"
import { moment } from "../../parts/format.ts"
import { choicesOf, OptionalFilter } from "../../parts/filters.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { Roles } from "../../parts/roles.tsx"
import { useAct } from "../../parts/act.ts"
import { type ServerTable, useServerTable } from "../../parts/server-table.ts"
import { roleTexts } from "../../texts.ts"
import { ChangeDialog, InviteDialog, LinkDialog } from "./dialogs.tsx"
import { Invitations } from "./invitations.tsx"
import { staffTexts as texts } from "./texts.ts"

/** The members of staff: inviting, changing, locking out. */
export function Page() {
  const table = useServerTable(listStaff)
  const [inviting, setInviting] = useState(false)
  const [changing, setChanging] = useState<StaffRow | null>(null)
  const columns: Column<StaffRow>[] = [
    ...COLUMNS,
    { title: texts.actions, render: (row) => <Actions row={row} onChange={() => setChanging(row)} /> },
  ]
  return (
    <Stack>
      <Group justify="space-between">
        <PageTitle>{texts.title}</PageTitle>
        <Button onClick={() => setInviting(true)}>{texts.invite}</Button>
      </Group>
      <Invitations />
      <DataTable
        label={texts.list}
        table={table}
        columns={columns}
        rowKey={({ id }) => id}
        search={texts.search}
        filters={<Filters table={table} />}
      />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {changing && <ChangeDialog row={changing} onClose={() => setChanging(null)} />}
    </Stack>
  )
}

const COLUMNS: readonly Column<StaffRow>[] = [
  { title: texts.name, sort: "name", render: ({ name }) => <Text fw={600}>{name}</Text> },
  { title: texts.account, sort: "account", render: ({ account }) => <span className="break">{account}</span> },
  { title: texts.roles, render: ({ roles }) => <Roles roles={roles} /> },
  {
    title: texts.state,
    render: ({ state, secondStep, sessions }) => (
      <Stack gap={2}>
        <Text size="sm">{texts.states[state]}</Text>
        {sessions > 0 && <Text size="sm">{texts.sessions(sessions)}</Text>}
        {secondStep && (
          <Badge variant="default" tt="none">
            {texts.secondStep}
          </Badge>
        )}
      </Stack>
    ),
  },
  { title: texts.signedIn, sort: "signedInAt", render: ({ signedInAt }) => (signedInAt ? moment(signedInAt) : texts.never) },
]

function Filters({ table }: { table: ServerTable<StaffRow> }) {
  return (
    <>
      <OptionalFilter table={table} name="state" label={texts.state} choices={choicesOf(STAFF_STATES, texts.states)} />
      <OptionalFilter
        table={table}
        name="role"
        label={texts.roles}
        choices={ROLES.map((role) => ({ value: role, label: roleTexts[role].name }))}
      />
    </>
  )
}

function Actions({ row, onChange }: { row: StaffRow; onChange: () => void }) {
  const params = { id: row.id }
  const reset = useAct(resetStaff)
  const end = useAct(endStaffSessions, texts.done)
  const turn = useAct(switchStaff, texts.done)
  const active = row.state === "active"
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" size="xs" aria-label={texts.act(row.name)}>
            …
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onChange}>{texts.change}</Menu.Item>
          {active && <Menu.Item onClick={() => reset.mutate({ params })}>{texts.reset}</Menu.Item>}
          {row.sessions > 0 && <Menu.Item onClick={() => end.mutate({ params })}>{texts.endSessions}</Menu.Item>}
          <Menu.Item onClick={() => turn.mutate({ params, body: { state: active ? "inactive" : "active" } })}>
            {active ? texts.deactivate : texts.activate}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <FaultAlert error={reset.error ?? end.error ?? turn.error} />
      {reset.data && <LinkDialog link={reset.data} words={texts.resetLink} onClose={() => reset.reset()} />}
    </>
  )
}
