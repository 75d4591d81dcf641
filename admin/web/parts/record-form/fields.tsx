import { Button, Checkbox, Fieldset, Group, NativeSelect, NumberInput, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core"
import { createContext, type JSX, type ReactNode, useContext } from "react"
import { type Body, type Spec, valueAt } from "./spec.ts"
import { formTexts as texts } from "./texts.ts"
import { DayInput } from "../day-input.tsx"

interface RecordForm {
  readonly body: Body
  /** What is wrong, by path. */
  readonly faults: Readonly<Record<string, string>>
  readonly readOnly: boolean
  /** The record was published or drafted before: what names it stays. */
  readonly named: boolean
  readonly set: (path: string, value: unknown) => void
}

const Context = createContext<RecordForm | null>(null)
export const RecordFormProvider = Context.Provider

function useRecordForm(): RecordForm {
  const form = useContext(Context)
  if (!form) throw new Error("a field outside of its form")
  return form
}

interface FieldProps<S extends Spec = Spec> {
  readonly spec: S
  readonly path: string
}

type Of<K extends Spec["kind"]> = Extract<Spec, { kind: K }>

/** Fields in their order; short ones side by side where there is room. */
export function Fields({ fields, path }: { fields: readonly Spec[]; path: string }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {fields.map((spec) => (
        <div key={spec.name} style={isWide(spec) ? { gridColumn: "1 / -1" } : undefined}>
          <Field spec={spec} path={path === "" ? spec.name : `${path}.${spec.name}`} />
        </div>
      ))}
    </SimpleGrid>
  )
}

const isWide = (spec: Spec) => spec.kind === "lines" || spec.kind === "group" || spec.kind === "list" || (spec.kind === "text" && spec.rows)

function Field({ spec, path }: FieldProps) {
  const Shown = FIELDS[spec.kind] as (props: FieldProps) => JSX.Element
  return <Shown spec={spec} path={path} />
}

/** What every single field has. */
function useField({ spec, path }: FieldProps) {
  const { body, faults, readOnly, set } = useRecordForm()
  const shared = {
    label: spec.label,
    error: faults[path],
    readOnly,
    inputWrapperOrder: [...ORDER],
    ...(spec.hint ? { description: spec.hint } : {}),
  }
  return { shared, value: valueAt(body, path), readOnly, change: (value: unknown) => set(path, value) }
}
const ORDER = ["label", "input", "description", "error"] as const

function TextField({ spec, path }: FieldProps<Of<"text">>) {
  const { shared, value, change, readOnly } = useField({ spec, path })
  const { named } = useRecordForm()
  const props = {
    ...shared,
    readOnly: readOnly || (spec.fixed === true && named),
    value: typeof value === "string" ? value : "",
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      change(spec.nullable && currentTarget.value === "" ? null : currentTarget.value),
  }
  return spec.rows ? <Textarea {...props} autosize minRows={spec.rows} maxRows={12} /> : <TextInput {...props} />
}

function NumberField({ spec, path }: FieldProps<Of<"number">>) {
  const { shared, value, change } = useField({ spec, path })
  return (
    <NumberInput
      {...shared}
      hideControls
      min={0}
      thousandSeparator="."
      decimalSeparator=","
      value={typeof value === "number" ? value : ""}
      onChange={(given) => change(given === "" ? null : Number(given))}
    />
  )
}

function FlagField({ spec, path }: FieldProps<Of<"flag">>) {
  const { shared, value, change, readOnly } = useField({ spec, path })
  const { label, description, error } = { description: undefined, ...shared }
  return (
    <Checkbox
      {...{ label, description, error }}
      disabled={readOnly}
      checked={value === true}
      onChange={(event) => change(event.currentTarget.checked)}
    />
  )
}

function DayField({ spec, path }: FieldProps<Of<"day">>) {
  const { shared, value, change, readOnly } = useField({ spec, path })
  return (
    <DayInput
      {...shared}
      clearable={!readOnly}
      clearButtonProps={{ "aria-label": texts.clearDay(spec.label) }}
      value={typeof value === "string" ? value : null}
      onChange={change}
    />
  )
}

function ChoiceField({ spec, path }: FieldProps<Of<"choice">>) {
  const { shared, value, change, readOnly } = useField({ spec, path })
  const { label, error, inputWrapperOrder, description } = { description: undefined, ...shared }
  const data = [...(spec.none === undefined ? [] : [{ value: "", label: spec.none }]), ...spec.options]
  return (
    <NativeSelect
      {...{ label, error, inputWrapperOrder, description }}
      disabled={readOnly}
      data={data}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => change(event.currentTarget.value || null)}
    />
  )
}

function ChoicesField({ spec, path }: FieldProps<Of<"choices">>) {
  const { shared, value, change, readOnly } = useField({ spec, path })
  const chosen = Array.isArray(value) ? value.map(String) : []
  return (
    <Checkbox.Group label={spec.label} error={shared.error} value={chosen} onChange={change}>
      <Group gap="sm" mt={4}>
        {spec.options.map(({ value: name, label }) => (
          <Checkbox key={name} value={name} label={label} disabled={readOnly} />
        ))}
      </Group>
    </Checkbox.Group>
  )
}

/** What may be there several times: adding, taking away, moving up. */
function Several({
  spec,
  path,
  blank,
  children,
}: FieldProps<Of<"lines" | "list">> & { blank: unknown; children: (path: string, label: string) => ReactNode }) {
  const { body, faults, readOnly, set } = useRecordForm()
  const value = valueAt(body, path)
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  const swapped = (i: number) => items.map((item, j) => (j === i - 1 ? items[i] : j === i ? items[i - 1] : item))
  const without = (i: number) => items.filter((_, j) => j !== i)
  return (
    <Fieldset legend={spec.label} p="xs">
      <Stack gap="sm">
        {items.length === 0 && <Text size="sm">{texts.nothing}</Text>}
        {items.map((_, i) => {
          const label = `${spec.item} ${i + 1}`
          return (
            <Stack key={i} gap={4}>
              {children(`${path}.${i}`, label)}
              {!readOnly && (
                <Group gap="xs">
                  {i > 0 && <Small label={texts.up(label)} onClick={() => set(path, swapped(i))} />}
                  <Small label={texts.remove(label)} onClick={() => set(path, without(i))} />
                </Group>
              )}
            </Stack>
          )
        })}
        <Fault text={faults[path]} />
        {!readOnly && (
          <Button variant="default" size="compact-sm" style={{ alignSelf: "flex-start" }} onClick={() => set(path, [...items, blank])}>
            {spec.add}
          </Button>
        )}
      </Stack>
    </Fieldset>
  )
}

const Small = ({ label, onClick }: { label: string; onClick: () => void }) => (
  <Button size="compact-sm" variant="subtle" onClick={onClick}>
    {label}
  </Button>
)

/** What is wrong with several fields together. */
const Fault = ({ text }: { text: string | undefined }) =>
  text === undefined ? null : (
    <Text size="sm" c="var(--mantine-color-error)" role="alert">
      {text}
    </Text>
  )

function LinesField({ spec, path }: FieldProps<Of<"lines">>) {
  return (
    <Several spec={spec} path={path} blank="">
      {(line, label) => <TextField spec={{ kind: "text", name: line, label, ...(spec.rows ? { rows: spec.rows } : {}) }} path={line} />}
    </Several>
  )
}

function ListField({ spec, path }: FieldProps<Of<"list">>) {
  const { faults } = useRecordForm()
  return (
    <Several spec={spec} path={path} blank={spec.blank}>
      {(item, label) => (
        <Fieldset legend={label} p="xs">
          <Fields fields={spec.fields} path={item} />
          <Fault text={faults[item]} />
        </Fieldset>
      )}
    </Several>
  )
}

function GroupField({ spec, path }: FieldProps<Of<"group">>) {
  const { body, faults, readOnly, set } = useRecordForm()
  const there = valueAt(body, path) !== null
  const { blank } = spec
  return (
    <Fieldset legend={spec.label} p="xs">
      {there ? <Fields fields={spec.fields} path={path} /> : <Text size="sm">{texts.nothing}</Text>}
      <Fault text={faults[path]} />
      {!readOnly && blank && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => set(path, there ? null : blank)}>
          {there ? texts.clear(spec.label) : texts.fill(spec.label)}
        </Button>
      )}
    </Fieldset>
  )
}

const FIELDS: { readonly [K in Spec["kind"]]: (props: FieldProps<Of<K>>) => JSX.Element } = {
  text: TextField,
  number: NumberField,
  flag: FlagField,
  day: DayField,
  choice: ChoiceField,
  choices: ChoicesField,
  lines: LinesField,
  list: ListField,
  group: GroupField,
}
