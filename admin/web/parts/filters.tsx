import { NativeSelect } from "@mantine/core"
import { shellTexts } from "../texts.ts"
import { useOwners } from "./care.tsx"
import type { ServerTable } from "./server-table.ts"

interface Choice {
  readonly value: string
  readonly label: string
}

interface Props<R> {
  readonly table: ServerTable<R>
  /** The word of the list's address that it sets. */
  readonly name: string
  readonly label: string
  readonly choices: readonly Choice[]
}

/** Filters a list by one of a few choices, of which the first stands at first. */
export function FilterSelect<R>({ table: { query, set }, name, label, choices }: Props<R>) {
  return (
    <NativeSelect
      label={label}
      maw={240}
      data={[...choices]}
      value={String(query[name])}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
}

/** The same, where all are shown at first. */
export function OptionalFilter<R>({ choices, ...props }: Props<R>) {
  return <FilterSelect {...props} choices={[{ value: "", label: shellTexts.all }, ...choices]} />
}

/** Shows what one member of staff looks after. */
export function OwnerFilter<R>(props: Pick<Props<R>, "table" | "label">) {
  const owners = useOwners()
  return (
    <OptionalFilter {...props} name="ownerId" choices={(owners.data?.owners ?? []).map(({ id, name }) => ({ value: id, label: name }))} />
  )
}

/** Choices in the order of the values, under their words. */
export const choicesOf = <Value extends string>(values: readonly Value[], words: Readonly<Record<Value, string>>): readonly Choice[] =>
  values.map((value) => ({ value, label: words[value] }))
