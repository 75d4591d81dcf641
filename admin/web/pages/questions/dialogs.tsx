import { Text, Textarea, TextInput } from "@mantine/core"
import { FormDialog } from "../../parts/dialogs.tsx"
import { notifications } from "@mantine/notifications"
import type { ReactNode, SyntheticEvent } from "react"
import { answerWithFaq, type QuestionGroupRow, setAside } from "../../../contract/questions.ts"
import { useContractForm } from "../../parts/form.ts"
import { questionTexts as texts } from "./texts.ts"

export interface DialogProps {
  readonly row: QuestionGroupRow
  readonly onClose: () => void
}

interface FrameProps {
  readonly title: string
  readonly hint: string
  readonly pending: boolean
  readonly fault: Error | null
  readonly submit: (event?: SyntheticEvent<HTMLFormElement>) => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A small form about one group of questions. */
export function DialogFrame({ title, hint, pending, fault, submit, onClose, children }: FrameProps) {
  const lead = <Text size="sm">{hint}</Text>
  return <FormDialog {...{ title, lead, pending, fault, submit, onClose }}>{children}</FormDialog>
}

/** Says that it is done, and closes. */
export const finishing = (message: string, onClose: () => void) => () => {
  notifications.show({ message })
  onClose()
}

interface Faq {
  readonly title: string
  readonly questions: string[]
  readonly text: string
  readonly source: string
  readonly quote: string
}

/** An answer of the commune's own, from the words of a source. */
export function FaqDialog({ row: { id, title, examples, version }, onClose }: DialogProps) {
  const initial: Faq = { title, questions: [...new Set([title, ...examples])], text: "", source: "", quote: "" }
  const onDone = finishing(texts.savedDraft, onClose)
  const { form, ...frame } = useContractForm(answerWithFaq, { initial, params: { id }, besides: { version }, onDone })
  const lines = form.getValues().questions
  const setLines = (text: string) => form.setFieldValue("questions", text === "" ? [] : text.split("\n"))
  return (
    <DialogFrame title={texts.faq} hint={texts.faqHint} {...frame} onClose={onClose}>
      <TextInput label={texts.faqTitle} maxLength={200} data-autofocus {...form.getInputProps("title")} />
      <Textarea
        label={texts.faqQuestions}
        autosize
        minRows={2}
        value={lines.join("\n")}
        error={form.errors["questions"] ?? lines.map((_, i) => form.errors[`questions.${i}`]).find(Boolean)}
        onChange={({ currentTarget }) => setLines(currentTarget.value)}
      />
      <TextInput label={texts.faqSource} maxLength={300} {...form.getInputProps("source")} />
      <Textarea label={texts.faqQuote} autosize minRows={3} maxLength={5000} {...form.getInputProps("quote")} />
      <Textarea label={texts.faqText} autosize minRows={3} maxLength={2000} {...form.getInputProps("text")} />
    </DialogFrame>
  )
}

/** The commune does not answer this, and says why. */
export function SetAsideDialog({ row: { id, version }, onClose }: DialogProps) {
  const onDone = finishing(texts.setAsideNow, onClose)
  const options = { initial: { reason: texts.outOfScope as string }, params: { id }, besides: { version }, onDone }
  const { form, ...frame } = useContractForm(setAside, options)
  return (
    <DialogFrame title={texts.setAside} hint={texts.setAsideHint} {...frame} onClose={onClose}>
      <TextInput label={texts.reasonField} maxLength={300} data-autofocus {...form.getInputProps("reason")} />
    </DialogFrame>
  )
}
