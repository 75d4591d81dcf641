import { Button, Stack, Table, Text } from "@mantine/core"
import { useState } from "react"
import type { Difference } from "../../../contract/procedure-record.ts"
import { labelOf, wordOf } from "../../parts/record-form/spec.ts"
import { editorTexts as texts } from "./editor-texts.ts"
import { SECTIONS } from "./form-spec.ts"

export const ALL_FIELDS = SECTIONS.flatMap(({ fields }) => fields)
const SHOWN = 12

/** Values before and after, in the words of the form. */
export function Differences({ label, differences }: { label: string; differences: readonly Difference[] }) {
  const [all, setAll] = useState(false)
  if (differences.length === 0) return <Text size="sm">{texts.noDifference}</Text>
  const shown = all ? differences : differences.slice(0, SHOWN)
  const word = (path: string, value: Difference["before"]) => wordOf(path, value, ALL_FIELDS)
  return (
    <Stack gap="xs">
      <Table className="rows" aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.where}</Table.Th>
            <Table.Th>{texts.before}</Table.Th>
            <Table.Th>{texts.after}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ path, before, after }) => (
            <Table.Tr key={path}>
              <Table.Td data-label={texts.where}>{labelOf(path, ALL_FIELDS)}</Table.Td>
              <Table.Td data-label={texts.before} className="break">
                {word(path, before)}
              </Table.Td>
              <Table.Td data-label={texts.after} className="break">
                {word(path, after)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {shown.length < differences.length && (
        <Button variant="default" size="xs" style={{ alignSelf: "flex-start" }} onClick={() => setAll(true)}>
          {texts.moreDifferences(differences.length)}
        </Button>
      )}
    </Stack>
  )
}
