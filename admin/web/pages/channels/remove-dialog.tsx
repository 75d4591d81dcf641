import { Button, Group, Modal, Stack, Text } from "@mantine/core"
import { type ChannelRow, removeChannel } from "../../../contract/channels.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { shellTexts } from "../../texts.ts"
import { channelTexts as texts } from "./texts.ts"

/** Removing an account for good: what goes with it is said first. */
export function RemoveDialog({ row: { id, name }, onClose }: { row: ChannelRow; onClose: () => void }) {
  const remove = useAct(removeChannel, texts.removed)
  return (
    <Modal opened onClose={onClose} title={texts.removeTitle} closeButtonProps={{ "aria-label": texts.close }}>
      <Stack>
        <Text className="break">{texts.removeText(name)}</Text>
        <FaultAlert error={remove.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {shellTexts.cancel}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ params: { id } }, { onSuccess: onClose })}>
            {texts.remove}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
