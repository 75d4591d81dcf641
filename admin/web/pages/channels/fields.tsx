import { Checkbox, NativeSelect, PasswordInput, Stack, TextInput } from "@mantine/core"
import type { UseFormReturnType } from "@mantine/form"
import type { ReactNode } from "react"
import type { ChannelField, ChannelKindForm } from "../../../contract/channels.ts"
import { shellTexts } from "../../texts.ts"
import { channelTexts as texts } from "./texts.ts"

/** What the forms of all kinds hold. */
export interface ChannelValues {
  readonly name: string
  readonly values: Record<string, string>
}

/** What stands in the empty form of a kind. */
export const emptyForm = ({ name, fields }: ChannelKindForm): ChannelValues => ({
  name,
  values: Object.fromEntries(fields.map((field) => [field.name, field.initial])),
})

interface Props {
  /** Of a form that holds these values, and perhaps more. */
  readonly form: Pick<UseFormReturnType<ChannelValues>, "getInputProps">
  readonly fields: readonly ChannelField[]
  /** Secrets are there already and may be left as they are. */
  readonly known?: boolean
}

/** The form of a kind as the server describes it, after the name that staff give the channel. */
export function ChannelFields({ form, fields, known = false }: Props) {
  return (
    <Stack>
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        withAsterisk
        data-autofocus
        autoComplete="off"
        {...form.getInputProps("name")}
      />
      {fields.map((field) => (
        <OneField key={field.name} form={form} field={field} known={known} />
      ))}
    </Stack>
  )
}

interface Drawn {
  readonly props: ReturnType<Props["form"]["getInputProps"]>
  readonly field: ChannelField
}

function OneField({ form, field, known }: { form: Props["form"]; field: ChannelField; known: boolean }) {
  const props = form.getInputProps(`values.${field.name}`)
  if (field.secret) return <SecretField {...{ props, field, known }} />
  return INPUTS[field.input]({ props, field })
}

const wordsOf = ({ label, help, optional }: ChannelField) => ({
  label,
  ...(help ? { description: help } : {}),
  withAsterisk: !optional,
})

function SecretField({ props, field, known }: Drawn & { readonly known: boolean }) {
  const description = [field.help, known ? texts.keepSecret : ""].filter(Boolean).join(" ")
  return (
    <PasswordInput
      {...wordsOf(field)}
      {...(description ? { description } : {})}
      withAsterisk={!known && !field.optional}
      visibilityToggleButtonProps={{ "aria-label": shellTexts.showPassword }}
      {...props}
    />
  )
}

/** One row a kind of input. */
const INPUTS: Readonly<Record<ChannelField["input"], (drawn: Drawn) => ReactNode>> = {
  text: ({ props, field }) => <TextInput {...wordsOf(field)} autoComplete="off" {...props} />,
  number: ({ props, field }) => <TextInput {...wordsOf(field)} inputMode="numeric" autoComplete="off" {...props} />,
  choice: ({ props, field }) => <NativeSelect {...wordsOf(field)} data={[...field.choices]} {...props} />,
  yes_no: ({ props: { value, onChange, error }, field: { label, help } }) => (
    <Checkbox
      label={label}
      description={help}
      error={error as ReactNode}
      checked={value === "true"}
      onChange={(event) => (onChange as (value: string) => void)(String(event.currentTarget.checked))}
    />
  ),
}
