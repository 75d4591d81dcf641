import { Group, NativeSelect, Pagination, Stack, Table, Text, TextInput, UnstyledButton } from "@mantine/core"
import { useDebouncedCallback } from "@mantine/hooks"
import { type ReactNode, useState } from "react"
import { shellTexts } from "../texts.ts"
import { FaultAlert } from "./faults.tsx"
import { Loading } from "./loading.tsx"
import type { ServerTable } from "./server-table.ts"

export interface Column<R> {
  readonly title: string
  /** The name that the server sorts by. */
  readonly sort?: string
  readonly render: (row: R) => ReactNode
}

interface Props<R> {
  readonly label: string
  readonly table: ServerTable<R>
  readonly columns: readonly Column<R>[]
  readonly rowKey: (row: R) => string | number
  /** What the search field looks through; without it there is none. */
  readonly search?: string
  readonly filters?: ReactNode
}

/** A list that the server pages, sorts and filters; where one is stands in the address, so it can be sent to a colleague. */
export function DataTable<R>({ label, table, columns, rowKey, search, filters }: Props<R>) {
  const { rows, total, query, set, error, loading, retry } = table
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        {search && <SearchField label={search} value={query.q} onChange={(q) => set({ q })} />}
        {filters}
        <SortField columns={columns} value={query.sort} onChange={(sort) => set({ sort })} />
      </Group>
      <FaultAlert error={error} onRetry={retry} />
      {loading ? <Loading /> : <Rows {...{ label, columns, rows, rowKey, table }} />}
      <Group justify="space-between">
        <Text size="sm" c="dimmed" aria-live="polite">
          {rows.length === 0 && !loading ? shellTexts.empty : shellTexts.total(total)}
        </Text>
        {total > query.size && (
          <Pagination
            value={query.page}
            total={Math.ceil(total / query.size)}
            onChange={(page) => set({ page })}
            siblings={0}
            getItemProps={(page) => ({ "aria-label": `${shellTexts.pages} ${page}` })}
            getControlProps={(control) => ({ "aria-label": control === "previous" ? shellTexts.previousPage : shellTexts.nextPage })}
          />
        )}
      </Group>
    </Stack>
  )
}

function Rows<R>({
  label,
  columns,
  rows,
  rowKey,
  table,
}: Pick<Props<R>, "label" | "columns" | "rowKey" | "table"> & { rows: readonly R[] }) {
  return (
    <Table className="rows" aria-label={label} verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Head key={column.title} column={column} table={table} />
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={rowKey(row)}>
            {columns.map(({ title, render }) => (
              <Table.Td key={title} data-label={title}>
                {render(row)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Head<R>({ column, table }: { column: Column<R>; table: ServerTable<R> }) {
  const { sort, title } = column
  if (sort === undefined) return <Table.Th>{title}</Table.Th>
  const state = ({ [sort]: "ascending", [`-${sort}`]: "descending" } as const)[table.query.sort]
  const marks = { ascending: " ↑", descending: " ↓" }
  return (
    <Table.Th aria-sort={state ?? "none"}>
      <UnstyledButton fw="inherit" fz="inherit" onClick={() => table.set({ sort: state === "ascending" ? `-${sort}` : sort })}>
        {title}
        <span aria-hidden>{state ? marks[state] : ""}</span>
      </UnstyledButton>
    </Table.Th>
  )
}

/** On a telephone the headings, and with them sorting, are out of sight. */
function SortField<R>({ columns, value, onChange }: { columns: readonly Column<R>[]; value: string; onChange: (sort: string) => void }) {
  const data = columns.flatMap(({ sort, title }) =>
    sort === undefined
      ? []
      : [
          { value: sort, label: `${title}, ${shellTexts.ascending}` },
          { value: `-${sort}`, label: `${title}, ${shellTexts.descending}` },
        ],
  )
  if (data.length === 0) return null
  return (
    <NativeSelect
      hiddenFrom="sm"
      label={shellTexts.sort}
      data={data}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function SearchField({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value)
  const tell = useDebouncedCallback(onChange, 300)
  return (
    <TextInput
      type="search"
      label={label}
      value={text}
      maxLength={100}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        tell(currentTarget.value)
      }}
    />
  )
}
