import { Button, Group, Modal, Stack, Text } from "@mantine/core"
import type { ReactNode, SyntheticEvent } from "react"
import { shellTexts } from "../texts.ts"
import { FaultAlert } from "./faults.tsx"

interface FormDialogProps {
  readonly title: string
  readonly pending: boolean
  readonly fault: Error | null
  readonly submit: (event?: SyntheticEvent<HTMLFormElement>) => void
  readonly onClose: () => void
  /** What stands above what went wrong, such as what is being changed. */
  readonly lead?: ReactNode
  readonly children: ReactNode
}

/** A small form over the page: its fields between what went wrong and the buttons. */
export function FormDialog({ title, pending, fault, submit, onClose, lead, children }: FormDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": shellTexts.close }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {lead}
          <FaultAlert error={fault} />
          {children}
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

interface RemovalDialogProps {
  readonly title: string
  readonly text: string
  /** Words of the button that removes. */
  readonly action: string
  readonly pending: boolean
  readonly fault: Error | null
  readonly onRemove: () => void
  readonly onClose: () => void
}

/** Asks before something is gone for good. The way back has the focus. */
export function RemovalDialog({ title, text, action, pending, fault, onRemove, onClose }: RemovalDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": shellTexts.close }}>
      <Stack>
        <Text className="break">{text}</Text>
        <FaultAlert error={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {shellTexts.cancel}
          </Button>
          <Button color="red" loading={pending} onClick={onRemove}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
