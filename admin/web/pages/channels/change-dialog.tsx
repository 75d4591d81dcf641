import { Text } from "@mantine/core"
import { FormDialog } from "../../parts/dialogs.tsx"
import { notifications } from "@mantine/notifications"
import { changeChannel, type ChannelKindForm, type ChannelRow } from "../../../contract/channels.ts"
import { useContractForm } from "../../parts/form.ts"
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
    <FormDialog {...{ title: texts.changeTitle(name), pending, fault, submit, onClose }} lead={help && <Text size="sm">{help}</Text>}>
      <ChannelFields form={form} fields={fields} known />
    </FormDialog>
  )
}
