import { Text, Textarea } from "@mantine/core"
import { FormDialog } from "../../parts/dialogs.tsx"
import { addAlias, muteWording, pinQuestion } from "../../../contract/trial.ts"
import { notifications } from "@mantine/notifications"
import { useContractForm } from "../../parts/form.ts"
import { trialTexts as texts } from "./texts.ts"

export const RULINGS = {
  alias: { contract: addAlias, title: texts.alias, hint: texts.aliasHint },
  pin: { contract: pinQuestion, title: texts.pin, hint: texts.pinHint },
  mute: { contract: muteWording, title: texts.mute, hint: texts.muteHint },
} as const
export type Ruling = keyof typeof RULINGS

interface Props {
  readonly ruling: Ruling
  readonly code: string
  readonly name: string
  readonly question: string
  readonly onClose: () => void
}

/** Puts a wording of the question into the draft of a record. */
export function RulingDialog({ ruling, code, name, question, onClose }: Props) {
  const { contract, title, hint } = RULINGS[ruling]
  const onDone = () => {
    notifications.show({ message: texts.saved })
    onClose()
  }
  const { form, submit, pending, fault } = useContractForm(contract, { initial: { phrase: question }, besides: { code }, onDone })
  const lead = (
    <>
      <Text fw={600}>{name}</Text>
      <Text size="sm">{hint}</Text>
    </>
  )
  return (
    <FormDialog {...{ title, lead, pending, fault, submit, onClose }}>
      <Textarea label={texts.phrase} autosize minRows={2} maxLength={200} data-autofocus {...form.getInputProps("phrase")} />
      <Text size="sm">{texts.afterwards}</Text>
    </FormDialog>
  )
}
