import { Button, Card, Checkbox, Group, Input, MultiSelect, NativeSelect, NumberInput, Stack, Textarea, TextInput } from "@mantine/core"
import { useDebouncedValue } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { type ReactElement, useState } from "react"
import { HOLIDAY_RULES } from "../../../contract/notices.ts"
import { findProcedures } from "../../../contract/procedures.ts"
import { call } from "../../api.ts"
import { blankRow, type FieldSpec, type Part, type Values, written } from "./kinds.ts"
import { noticeTexts as texts } from "./texts.ts"
import { DayInput } from "../../parts/day-input.tsx"

export interface FieldProps {
  readonly spec: FieldSpec
  /** Of this field in the whole notice ("hours.0.from"). */
  readonly path: string
  readonly value: unknown
  readonly faults: Readonly<Record<string, string>>
  readonly readOnly: boolean
  readonly onChange: (value: unknown) => void
}

const labelOf = (name: string) => texts.fields[name] ?? name

/** What every field shows: its name, what belongs in it, and what is wrong with it. */
function around({ spec: { name }, path, faults, readOnly }: FieldProps) {
  const description = texts.hints[name]
  return { label: labelOf(name), error: faults[path], readOnly, ...(description ? { description } : {}) }
}

const TYPES: Readonly<Record<FieldSpec["type"], (props: FieldProps) => ReactElement>> = {
  text: (props) => (
    <TextInput
      {...around(props)}
      value={written(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value === "" && props.value === null ? null : event.currentTarget.value)}
    />
  ),
  area: (props) => (
    <Textarea
      {...around(props)}
      autosize
      minRows={3}
      value={written(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  ),
  lines: (props) => (
    <Textarea
      {...around(props)}
      autosize
      minRows={3}
      value={(props.value as string[]).join("\n")}
      onChange={(event) => props.onChange(event.currentTarget.value === "" ? [] : event.currentTarget.value.split("\n"))}
    />
  ),
  date: (props) => <DayInput {...around(props)} value={written(props.value) || null} onChange={(day) => props.onChange(day ?? "")} />,
  number: (props) => (
    <NumberInput
      {...around(props)}
      hideControls
      allowDecimal={false}
      value={typeof props.value === "number" ? props.value : ""}
      onChange={(value) => props.onChange(value)}
    />
  ),
  weekday: (props) => (
    <NativeSelect
      {...around(props)}
      disabled={props.readOnly}
      value={String(props.value)}
      data={texts.weekdays.map((label, index) => ({ value: String(index + 1), label }))}
      onChange={(event) => props.onChange(Number(event.currentTarget.value))}
    />
  ),
  weekdays: (props) => (
    <Checkbox.Group
      {...around(props)}
      value={(props.value as number[]).map(String)}
      onChange={(chosen) => props.onChange(chosen.map(Number).sort())}
    >
      <Group gap="sm" mt={4}>
        {texts.weekdays.map((label, index) => (
          <Checkbox key={label} value={String(index + 1)} label={label} disabled={props.readOnly} />
        ))}
      </Group>
    </Checkbox.Group>
  ),
  check: (props) => {
    const { readOnly, ...shared } = around(props)
    return (
      <Checkbox
        {...shared}
        disabled={readOnly}
        checked={props.value === true}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
    )
  },
  rule: (props) => (
    <NativeSelect
      {...around(props)}
      disabled={props.readOnly}
      value={String(props.value)}
      data={HOLIDAY_RULES.map((value) => ({ value, label: texts.rules[value] }))}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  ),
  procedures: (props) => <ProceduresField {...props} />,
  dates: (props) => (
    <RowsField
      {...props}
      parts={[{ name: "date", type: "date" }]}
      rows={(props.value as string[]).map((date) => ({ date }))}
      pathOf={(index) => `${props.path}.${index}`}
      onRows={(rows) => props.onChange(rows.map(({ date }) => date))}
    />
  ),
  rows: (props) => (
    <RowsField
      {...props}
      parts={props.spec.parts ?? []}
      rows={props.value as Values[]}
      pathOf={(index, part) => `${props.path}.${index}.${part}`}
      onRows={props.onChange}
    />
  ),
}

/** One field of a notice, by its type. */
export const Field = (props: FieldProps) => TYPES[props.spec.type](props)

interface RowsProps extends FieldProps {
  readonly parts: readonly Part[]
  readonly rows: readonly Values[]
  readonly pathOf: (index: number, part: string) => string
  readonly onRows: (rows: Values[]) => void
}

function RowsField({ spec, path, faults, readOnly, parts, rows, pathOf, onRows }: RowsProps) {
  const label = labelOf(spec.name)
  const replace = (index: number, name: string, value: unknown) => {
    const nullable = parts.find((part) => part.name === name)?.nullable
    onRows(rows.map((row, i) => (i === index ? { ...row, [name]: nullable && value === "" ? null : value } : row)))
  }
  return (
    <Stack gap="xs" component="fieldset" className="rows-field">
      <Input.Label component="legend">{label}</Input.Label>
      {faults[path] && <Input.Error>{faults[path]}</Input.Error>}
      {rows.map((row, index) => (
        // Rows have no names of their own; they are only added at the end and taken out.
        <Card key={index} withBorder padding="xs" role="group" aria-label={texts.row(label, index)}>
          <Group align="flex-end" gap="xs">
            {parts.map((part) => (
              <Field
                key={part.name}
                {...{ spec: part, faults, readOnly, path: pathOf(index, part.name), value: row[part.name] }}
                onChange={(value) => replace(index, part.name, value)}
              />
            ))}
            {!readOnly && (
              <Button
                variant="default"
                aria-label={texts.removeRow(label, index)}
                onClick={() => onRows(rows.filter((_, i) => i !== index))}
              >
                ×
              </Button>
            )}
          </Group>
        </Card>
      ))}
      {!readOnly && (
        <Button variant="default" style={{ alignSelf: "flex-start" }} onClick={() => onRows([...rows, blankRow(parts)])}>
          {texts.addRow(label)}
        </Button>
      )}
    </Stack>
  )
}

/** Procedures picked by words of their name. */
function ProceduresField(props: FieldProps) {
  const codes = props.value as string[]
  const [words, setWords] = useState("")
  const [q] = useDebouncedValue(words, 200)
  const found = useQuery({
    queryKey: ["procedures-found", q, codes.join(",")],
    queryFn: () => call(findProcedures, { query: { q, codes: codes.join(",") } }),
    placeholderData: (before) => before,
  })
  const rows = found.data?.rows ?? []
  const unknown = codes.filter((code) => !rows.some((row) => row.code === code)).map((code) => ({ value: code, label: code }))
  return (
    <MultiSelect
      {...around(props)}
      searchable
      searchValue={words}
      onSearchChange={setWords}
      // The server has searched, by words without marks.
      filter={({ options }) => options}
      data={[...rows.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })), ...unknown]}
      value={codes}
      onChange={props.onChange}
    />
  )
}
