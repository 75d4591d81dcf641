import { Badge, Checkbox, Group, Pagination, Stack, Text } from "@mantine/core"
import type { ImportRow, ProcedureImport } from "../../../contract/procedure-import.ts"
import { mayOpen, useMe } from "../../session.ts"
import { shellTexts } from "../../texts.ts"
import { Differences } from "./differences.tsx"
import { importTexts as texts } from "./import-texts.ts"
import { procedureTexts } from "./texts.ts"

interface Props {
  readonly data: ProcedureImport
  readonly size: number
  readonly page: number
  readonly chosen: ReadonlySet<string>
  readonly onPage: (page: number) => void
  readonly onPick: (code: string, on: boolean) => void
}

/** The procedures of a file, each with what it would change. */
export function ImportList({ data: { rows, total }, size, page, chosen, onPage, onPick }: Props) {
  return (
    <Stack component="section" aria-label={texts.list} gap="lg">
      {rows.map((row) => (
        <Entry key={row.code} row={row} chosen={chosen.has(row.code)} onPick={onPick} />
      ))}
      <Text size="sm" c="dimmed">
        {shellTexts.total(total)}
      </Text>
      {total > size && (
        <Pagination
          value={page}
          total={Math.ceil(total / size)}
          onChange={onPage}
          siblings={0}
          getItemProps={(at) => ({ "aria-label": `${shellTexts.pages} ${at}` })}
          getControlProps={(control) => ({ "aria-label": control === "previous" ? shellTexts.previousPage : shellTexts.nextPage })}
        />
      )}
    </Stack>
  )
}

function Entry({
  row: { code, name, change, drafted, differences },
  chosen,
  onPick,
}: {
  row: ImportRow
  chosen: boolean
  onPick: Props["onPick"]
}) {
  const mayPick = mayOpen(useMe(), "knowledge.edit") && change !== "same"
  return (
    <Stack gap="xs" component="article" aria-label={name}>
      {mayPick ? (
        <Checkbox
          label={name}
          aria-label={texts.pick(name)}
          description={procedureTexts.code(code)}
          checked={chosen}
          onChange={(event) => onPick(code, event.currentTarget.checked)}
        />
      ) : (
        <Text>{`${name} (${code})`}</Text>
      )}
      <Group gap={4}>
        <Badge variant="default" tt="none">
          {texts.changes[change]}
        </Badge>
        {drafted && (
          <Badge variant="default" tt="none">
            {texts.drafted}
          </Badge>
        )}
      </Group>
      {change === "changed" && <Differences label={texts.differences(name)} differences={differences} />}
    </Stack>
  )
}
