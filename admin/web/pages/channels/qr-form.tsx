import { Alert, Button, Checkbox, Group, Stack, Text } from "@mantine/core"
import { useState } from "react"
import type { ChannelKindForm } from "../../../contract/channels.ts"
import { beginSignIn } from "../../../contract/channel-sign-ins.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { useContractForm } from "../../parts/form.ts"
import { shellTexts } from "../../texts.ts"
import { ChannelFields, type ChannelValues, emptyForm } from "./fields.tsx"
import { QrPanel } from "./qr-panel.tsx"
import { channelTexts as texts } from "./texts.ts"

interface Values extends ChannelValues {
  readonly accepted: boolean
}

/** Adding an account that signs in by a picture: the warning, read and ticked, comes first. */
export function QrForm({ kind, onClose }: { kind: ChannelKindForm; onClose: () => void }) {
  const [begun, setBegun] = useState<string | null>(null)
  const initial: Values = { ...emptyForm(kind), accepted: false }
  const { form, submit, pending, fault } = useContractForm(beginSignIn, {
    initial,
    besides: { kind: kind.kind },
    onDone: ({ id }) => setBegun(id),
  })
  if (begun !== null) return <QrPanel id={begun} onAgain={() => setBegun(null)} onClose={onClose} />
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {kind.warning && (
          <Alert variant="outline" color="orange" title={<Text c="var(--mantine-color-text)">{texts.warning}</Text>}>
            <Text c="var(--mantine-color-text)">{kind.warning}</Text>
          </Alert>
        )}
        <FaultAlert error={fault} />
        <ChannelFields form={form} fields={kind.fields} />
        <Checkbox label={texts.accept} {...form.getInputProps("accepted", { type: "checkbox" })} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shellTexts.cancel}
          </Button>
          <Button type="submit" loading={pending}>
            {texts.signIn.begin}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
