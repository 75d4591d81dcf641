import { Button, Group, Modal, NativeSelect, Stack, Text } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import { useState } from "react"
import { addChannel, type ChannelKindForm } from "../../../contract/channels.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { useContractForm } from "../../parts/form.ts"
import { shellTexts } from "../../texts.ts"
import { ChannelFields, emptyForm } from "./fields.tsx"
import { QrForm } from "./qr-form.tsx"
import { channelTexts as texts } from "./texts.ts"

interface Props {
  readonly kinds: readonly ChannelKindForm[]
  readonly onClose: () => void
}

/** Adding an account: first its kind, then what that kind asks for. */
export function AddDialog({ kinds, onClose }: Props) {
  const [chosen, setChosen] = useState("")
  const kind = kinds.find(({ kind }) => kind === chosen)
  return (
    <Modal opened onClose={onClose} title={texts.addTitle} closeButtonProps={{ "aria-label": texts.close }}>
      <Stack>
        <NativeSelect
          label={texts.chooseKind}
          value={chosen}
          data={[{ value: "", label: texts.chooseKindHint }, ...kinds.map(({ kind, name }) => ({ value: kind, label: name }))]}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        {kind && (kind.signInByQr ? <QrForm kind={kind} onClose={onClose} /> : <TypedForm key={kind.kind} kind={kind} onClose={onClose} />)}
      </Stack>
    </Modal>
  )
}

function TypedForm({ kind, onClose }: { kind: ChannelKindForm; onClose: () => void }) {
  const onDone = () => {
    notifications.show({ message: texts.added })
    onClose()
  }
  const { form, submit, pending, fault } = useContractForm(addChannel, {
    initial: emptyForm(kind),
    besides: { kind: kind.kind },
    onDone,
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {kind.help && <Text size="sm">{kind.help}</Text>}
        <FaultAlert error={fault} />
        <ChannelFields form={form} fields={kind.fields} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shellTexts.cancel}
          </Button>
          <Button type="submit" loading={pending}>
            {texts.create}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
