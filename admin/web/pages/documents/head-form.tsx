import { Button, Checkbox, Radio, SimpleGrid, Stack, Text, TextInput } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import type { ReactNode } from "react"
import { confirmDocument, type DocumentDetails, type DocumentHead, NAMESAKE } from "../../../contract/documents.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { useContractForm } from "../../parts/form.ts"
import { mayOpen, useMe } from "../../session.ts"
import { documentTexts as texts } from "./texts.ts"
import { DayInput } from "../../parts/day-input.tsx"

const FIELDS = ["number", "issuer", "date", "kind", "title", "signer", "effectiveFrom", "effectiveTo"] as const
const ORDER = ["label", "input", "description", "error"] as const
const DATES: ReadonlySet<string> = new Set(["date", "effectiveFrom", "effectiveTo"])

interface Props {
  readonly document: DocumentDetails
  readonly head: DocumentHead
  readonly version: string
}

/** What is known of a document, each field with the words that it was read from; a person confirms it. */
export function HeadForm({ document, head, version }: Props) {
  const { file, proposals, doubtful, compared } = document
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const { form, submit, pending, fault } = useContractForm(confirmDocument, {
    initial: { ...head, compared, namesake: document.namesake?.choice ?? "" },
    params: { id: file.id },
    besides: { version },
    onDone: () => notifications.show({ message: texts.confirmed }),
  })
  const source = (field: string) => {
    const proposal = proposals.find((known) => known.field === field)
    return proposal ? texts.readFrom(proposal.quote, proposal.page) : texts.readNowhere
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FaultAlert error={fault} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {FIELDS.map((field) => (
            <HeadField
              key={field}
              {...{ field, mayEdit, description: source(field) }}
              value={form.getValues()[field]}
              error={form.errors[field]}
              onChange={(value) => form.setFieldValue(field, value)}
            />
          ))}
        </SimpleGrid>
        {document.namesake && <NamesakeChoice of={document.namesake} {...{ mayEdit, ...form.getInputProps("namesake") }} />}
        {doubtful && (
          <Checkbox
            label={texts.compared}
            description={texts.comparedHint}
            disabled={!mayEdit}
            {...form.getInputProps("compared", { type: "checkbox" })}
          />
        )}
        {mayEdit && (
          <Button type="submit" loading={pending} style={{ alignSelf: "flex-start" }}>
            {texts.confirm}
          </Button>
        )}
        {document.confirmed && <Text size="sm">{texts.isConfirmed}</Text>}
      </Stack>
    </form>
  )
}

interface NamesakeProps {
  readonly of: NonNullable<DocumentDetails["namesake"]>
  readonly mayEdit: boolean
  readonly value?: string
  readonly error?: ReactNode
  readonly onChange?: (value: string) => void
}

/** The file has the name of another document that is told: whether it takes that one's place is for a person to say. */
function NamesakeChoice({ of: { title, number, date }, mayEdit, ...input }: NamesakeProps) {
  return (
    <Radio.Group label={texts.namesake(title, number, date)} description={texts.namesakeHint} className="break" {...input}>
      <Stack gap="xs" mt="xs">
        {NAMESAKE.filter((choice) => choice !== "").map((choice) => (
          <Radio key={choice} value={choice} label={texts.namesakes[choice]} disabled={!mayEdit} />
        ))}
      </Stack>
    </Radio.Group>
  )
}

interface FieldProps {
  readonly field: keyof DocumentHead
  readonly description: string
  readonly mayEdit: boolean
  readonly value: string
  readonly error: ReactNode
  readonly onChange: (value: string) => void
}

function HeadField({ field, description, mayEdit, value, error, onChange }: FieldProps) {
  const shared = { label: texts.head[field], description, error, readOnly: !mayEdit, className: "break", inputWrapperOrder: [...ORDER] }
  if (!DATES.has(field)) return <TextInput {...shared} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
  return (
    <DayInput
      {...shared}
      clearable={mayEdit}
      clearButtonProps={{ "aria-label": texts.clearDay(texts.head[field]) }}
      value={value || null}
      onChange={(day) => onChange(day ?? "")}
    />
  )
}
