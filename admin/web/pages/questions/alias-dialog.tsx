import { Select, TextInput } from "@mantine/core"
import { useDebouncedValue } from "@mantine/hooks"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { answerWithAlias, type QuestionGroupRow } from "../../../contract/questions.ts"
import { findProcedures } from "../../../contract/procedures.ts"
import { call } from "../../api.ts"
import { useContractForm } from "../../parts/form.ts"
import { type DialogProps, DialogFrame, finishing } from "./dialogs.tsx"
import { questionTexts as texts } from "./texts.ts"

const TYPING_MS = 250

/** The questions mean a procedure that is known under other names. */
export function AliasDialog({ row, onClose }: DialogProps) {
  const { id, title, suggestion, version } = row
  const initial = { code: suggestion?.code ?? "", phrase: title.slice(0, 200) }
  const onDone = finishing(texts.savedDraft, onClose)
  const { form, ...frame } = useContractForm(answerWithAlias, { initial, params: { id }, besides: { version }, onDone })
  return (
    <DialogFrame title={texts.alias} hint={texts.aliasHint} {...frame} onClose={onClose}>
      <ProcedureField
        suggestion={suggestion}
        value={form.getValues().code}
        error={form.errors["code"]}
        onChange={(code) => form.setFieldValue("code", code)}
      />
      <TextInput label={texts.phrase} maxLength={200} {...form.getInputProps("phrase")} />
    </DialogFrame>
  )
}

interface FieldProps {
  readonly suggestion: QuestionGroupRow["suggestion"]
  readonly value: string
  readonly error: React.ReactNode
  readonly onChange: (code: string) => void
}

/** Looks procedures up on the server while somebody types. */
function ProcedureField({ suggestion, value, error, onChange }: FieldProps) {
  const [typed, setTyped] = useState("")
  const [q] = useDebouncedValue(typed, TYPING_MS)
  const found = useQuery({
    queryKey: [findProcedures.path, q],
    queryFn: () => call(findProcedures, { query: { q } }),
    placeholderData: keepPreviousData,
  })
  const rows = [...(suggestion ? [suggestion] : []), ...(found.data?.rows ?? [])]
  const data = [...new Map(rows.map(({ code, name }) => [code, { value: code, label: `${name} (${code})` }])).values()]
  return (
    <Select
      label={texts.procedure}
      description={texts.procedureHint}
      searchable
      data={data}
      // The server has chosen already.
      filter={({ options }) => options}
      value={value === "" ? null : value}
      error={error}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(code) => onChange(code ?? "")}
    />
  )
}
