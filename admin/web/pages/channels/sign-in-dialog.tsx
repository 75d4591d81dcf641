import { Button, Group, Modal, Stack, Text } from "@mantine/core"
import { useState } from "react"
import type { ChannelRow } from "../../../contract/channels.ts"
import { beginSignInAgain } from "../../../contract/channel-sign-ins.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { shellTexts } from "../../texts.ts"
import { QrPanel } from "./qr-panel.tsx"
import { channelTexts as texts } from "./texts.ts"

/** Signing an account in again whose session has ended. */
export function SignInDialog({ row: { id, name }, onClose }: { row: ChannelRow; onClose: () => void }) {
  const [begun, setBegun] = useState<string | null>(null)
  const begin = useAct(beginSignInAgain)
  const start = () => begin.mutate({ params: { id } }, { onSuccess: (reply) => setBegun(reply.id) })
  return (
    <Modal opened onClose={onClose} title={texts.signIn.title(name)} closeButtonProps={{ "aria-label": texts.close }}>
      {begun !== null ? (
        <QrPanel key={begun} id={begun} onAgain={start} onClose={onClose} />
      ) : (
        <Stack>
          <Text>{texts.signIn.sameAccount}</Text>
          <FaultAlert error={begin.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shellTexts.cancel}
            </Button>
            <Button loading={begin.isPending} onClick={start} data-autofocus>
              {texts.signIn.begin}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
