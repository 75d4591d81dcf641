import { Alert, Button, Code, Stack, Text } from "@mantine/core"
import type { Role } from "../../../permissions.ts"
import { DatePickerInput } from "@mantine/dates"
import { useQuery } from "@tanstack/react-query"
import { type AuditRow, checkAudit, listAudit, listAuditChoices } from "../../../contract/audit.ts"
import { call } from "../../api.ts"
import { type Column, DataTable } from "../../parts/data-table.tsx"
import { FaultAlert } from "../../parts/faults.tsx"
import { moment } from "../../parts/format.ts"
import { OptionalFilter } from "../../parts/filters.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { type ServerTable, useServerTable } from "../../parts/server-table.ts"
import { roleTexts } from "../../texts.ts"
import { auditTexts as texts } from "./texts.ts"

/** What staff did, and whether the chains are whole. */
export function Page() {
  const table = useServerTable(listAudit)
  return (
    <Stack>
      <PageTitle>{texts.title}</PageTitle>
      <Text>{texts.hint}</Text>
      <Verdict />
      <DataTable
        label={texts.list}
        table={table}
        columns={COLUMNS}
        rowKey={({ seq }) => seq}
        search={texts.search}
        filters={<Filters table={table} />}
      />
    </Stack>
  )
}

const COLUMNS: readonly Column<AuditRow>[] = [
  { title: texts.seq, sort: "seq", render: ({ seq }) => seq },
  { title: texts.at, render: ({ at }) => moment(at) },
  { title: texts.who, render: ({ actor }) => actor },
  { title: texts.what, render: ({ kind }) => texts.kinds[kind] ?? kind },
  { title: texts.subject, render: ({ subject }) => <Subject subject={subject} /> },
  { title: texts.details, render: ({ details }) => <span className="break">{inWords(details)}</span> },
]

const SHOWN_ID = 8

/** What it was done to: the beginning of its code tells entries apart, the whole stands in the tooltip and can be searched. */
function Subject({ subject }: { subject: string }) {
  const [kind = "", id = ""] = subject.split(":")
  return (
    <span title={subject}>
      {texts.subjects[kind] ?? kind} <Code>{id.slice(0, SHOWN_ID)}</Code>
    </span>
  )
}

function inWords(details: AuditRow["details"]): string {
  return Object.entries(details)
    .map(([name, value]) => `${texts.parts[name] ?? name}: ${valueInWords(value)}`)
    .join("; ")
}

function valueInWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueInWords).join(", ")
  if (typeof value === "object" && value !== null) return `(${inWords(value as Record<string, unknown>)})`
  const text = String(value)
  return text in roleTexts ? roleTexts[text as Role].name : text
}

function Verdict() {
  const verdict = useQuery({ queryKey: ["audit-verdict"], queryFn: () => call(checkAudit) })
  if (verdict.error) return <FaultAlert error={verdict.error} onRetry={() => void verdict.refetch()} />
  if (!verdict.data) return <Text role="status">{texts.checking}</Text>
  const chains = (["audit", "evidence"] as const).map((name) => ({ name: texts.chains[name], ...verdict.data[name] }))
  return (
    <Alert variant="outline" color={chains.every(({ ok }) => ok) ? "green" : "red"} role="status">
      {chains.map(({ name, ok, count, reason }) => (
        <Text key={name} c="var(--mantine-color-text)">
          {ok ? texts.whole(name, count) : texts.broken(name, reason ?? "")}
        </Text>
      ))}
    </Alert>
  )
}

function Filters({ table }: { table: ServerTable<AuditRow> }) {
  const { query, set } = table
  const choices = useQuery({ queryKey: ["audit-choices"], queryFn: () => call(listAuditChoices) })
  const { kinds = [], actors = [] } = choices.data ?? {}
  const [from, to] = [String(query["from"]), String(query["to"])]
  return (
    <>
      <OptionalFilter
        table={table}
        name="kind"
        label={texts.kind}
        choices={kinds.map((value) => ({ value, label: texts.kinds[value] ?? value }))}
      />
      <OptionalFilter table={table} name="actor" label={texts.who} choices={actors.map(({ id, name }) => ({ value: id, label: name }))} />
      <DatePickerInput
        label={texts.from}
        valueFormat="DD/MM/YYYY"
        miw={130}
        value={from || null}
        onChange={(day) => set({ from: day ?? "" })}
      />
      <DatePickerInput label={texts.to} valueFormat="DD/MM/YYYY" miw={130} value={to || null} onChange={(day) => set({ to: day ?? "" })} />
      {(from || to) && (
        <Button variant="default" onClick={() => set({ from: "", to: "" })}>
          {texts.clear}
        </Button>
      )}
    </>
  )
}
