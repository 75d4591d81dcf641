import type { ReactNode } from "react"
import { Badge, Checkbox, Group, Stack } from "@mantine/core"
import { ROLES, type Role } from "../../permissions.ts"
import { roleTexts } from "../texts.ts"

/** The roles that somebody has. */
export function Roles({ roles }: { roles: readonly Role[] }) {
  return (
    <Group gap={4}>
      {roles.map((role) => (
        <Badge key={role} variant="default" tt="none">
          {roleTexts[role].name}
        </Badge>
      ))}
    </Group>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: readonly Role[]
  readonly error?: ReactNode
  readonly onChange: (roles: Role[]) => void
}

/** Choosing roles, each with what it may do. */
export function RolesField({ label, value, error, onChange }: FieldProps) {
  return (
    <Checkbox.Group
      label={label}
      value={[...value]}
      error={error}
      withAsterisk
      onChange={(roles) => onChange(ROLES.filter((role) => roles.includes(role)))}
    >
      <Stack gap="xs" mt="xs">
        {ROLES.map((role) => (
          <Checkbox key={role} value={role} label={roleTexts[role].name} description={roleTexts[role].does} />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
