import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core"
import { useState } from "react"
import { shellTexts } from "../texts.ts"
import { FaultAlert } from "./faults.tsx"

interface Props {
  readonly words: { readonly title: string; readonly text: string; readonly action: string }
  readonly pending: boolean
  readonly error: Error | null
  readonly onClose: () => void
  readonly onReason: (reason: string) => void
}

/** Asks why before something weighty is done. */
export function ReasonDialog({ words, pending, error, onClose, onReason }: Props) {
  const [reason, setReason] = useState("")
  const [missing, setMissing] = useState(false)
  const go = () => {
    if (reason.trim().length < 3) setMissing(true)
    else onReason(reason.trim())
  }
  return (
    <Modal opened onClose={onClose} title={words.title} closeButtonProps={{ "aria-label": shellTexts.close }}>
      <Stack>
        <Text>{words.text}</Text>
        <Textarea
          label={shellTexts.reason}
          data-autofocus
          autosize
          minRows={2}
          maxLength={300}
          value={reason}
          error={missing ? shellTexts.reasonMissing : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FaultAlert error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shellTexts.cancel}
          </Button>
          <Button color="red" loading={pending} onClick={go}>
            {words.action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
