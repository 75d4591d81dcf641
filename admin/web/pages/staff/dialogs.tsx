import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { Role } from "../../../permissions.ts"
import { changeStaff, inviteStaff, type StaffRow } from "../../../contract/staff.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { type ContractForm, useContractForm } from "../../parts/form.ts"
import { OneTimeLink } from "../../parts/one-time-link.tsx"
import { RolesField } from "../../parts/roles.tsx"
import { shellTexts } from "../../texts.ts"
import { staffTexts as texts } from "./texts.ts"

interface Link {
  readonly path: string
  readonly expiresAt: string
}

interface Values {
  readonly name: string
  readonly roles: Role[]
}

const closing = { closeButtonProps: { "aria-label": texts.close } }

/** Inviting somebody: ends with the link to hand over. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [link, setLink] = useState<Link | null>(null)
  const initial: Values = { name: "", roles: [] }
  const contractForm = useContractForm(inviteStaff, { initial, onDone: setLink })
  return (
    <Modal opened onClose={onClose} title={texts.invite} {...closing}>
      {link ? (
        <Handed link={link} words={texts.link} onClose={onClose} />
      ) : (
        <PersonForm {...contractForm} hint={texts.inviteHint} action={texts.makeLink} onClose={onClose} />
      )}
    </Modal>
  )
}

/** Changing name and roles. */
export function ChangeDialog({ row, onClose }: { row: StaffRow; onClose: () => void }) {
  const initial: Values = { name: row.name, roles: row.roles }
  const contractForm = useContractForm(changeStaff, { initial, params: { id: row.id }, onDone: onClose })
  return (
    <Modal opened onClose={onClose} title={texts.change} {...closing}>
      <PersonForm {...contractForm} hint={texts.changeHint} action={shellTexts.save} onClose={onClose} />
    </Modal>
  )
}

/** A link that was just made. */
export function LinkDialog({ link, words, onClose }: { link: Link; words: typeof texts.resetLink; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={words.title} {...closing}>
      <Handed link={link} words={words} onClose={onClose} />
    </Modal>
  )
}

function Handed({ link, words, onClose }: { link: Link; words: typeof texts.link | typeof texts.resetLink; onClose: () => void }) {
  return (
    <Stack>
      <OneTimeLink {...link} words={words} />
      <Button variant="default" onClick={onClose}>
        {texts.close}
      </Button>
    </Stack>
  )
}

interface FormProps extends ContractForm<Values> {
  readonly hint: string
  readonly action: string
  readonly onClose: () => void
}

function PersonForm({ form, submit, pending, fault, hint, action, onClose }: FormProps) {
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{hint}</Text>
        <FaultAlert error={fault} />
        <TextInput label={texts.name} data-autofocus autoComplete="off" {...form.getInputProps("name")} />
        <RolesField
          label={texts.roles}
          value={form.getValues().roles}
          error={form.errors["roles"]}
          onChange={(roles) => form.setFieldValue("roles", roles)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shellTexts.cancel}
          </Button>
          <Button type="submit" loading={pending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
