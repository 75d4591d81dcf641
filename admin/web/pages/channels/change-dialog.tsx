import { Button, Group, Modal, Stack, Text } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import { changeChannel, type ChannelKindForm, type ChannelRow } from "../../../contract/channels.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { useContractForm } from "../../parts/form.ts"
import { shellTexts } from "../../texts.ts"
import { ChannelFields } from "./fields.tsx"
import { channelTexts as texts } from "./texts.ts"

interface Props {
  readonly row: ChannelRow
  readonly form: ChannelKindForm
  readonly onClose: () => void
}

/** Changing an account: what was chosen stands there, secrets do not and stay as they are unless typed anew. */
export function ChangeDialog({ row: { id, name, values }, form: { fields, help }, onClose }: Props) {
  const initial = { name, values: Object.fromEntries(fields.map((field) => [field.name, values[field.name] ?? ""])) }
  const onDone = () => {
    notifications.show({ message: texts.changed })
    onClose()
  }
  const { form, submit, pending, fault } = useContractForm(changeChannel, { initial, params: { id }, onDone })
  return (
    <Modal opened onClose={onClose} title={texts.changeTitle(name)} closeButtonProps={{ "aria-label": texts.close }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {help && <Text size="sm">{help}</Text>}
          <FaultAlert error={fault} />
          <ChannelFields form={form} fields={fields} known />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shellTexts.cancel}
            </Button>
            <Button type="submit" loading={pending}>
              {shellTexts.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
