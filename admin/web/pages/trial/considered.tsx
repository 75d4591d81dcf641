import { Anchor, Badge, Button, Group, Stack, Table, Text } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { addGolden } from "../../../contract/golden.ts"
import type { ConsideredRow } from "../../../contract/trial.ts"
import { useAct } from "../../parts/act.ts"
import { mayOpen, useMe } from "../../session.ts"
import { type Ruling, RulingDialog, RULINGS } from "./dialogs.tsx"
import { trialTexts as texts } from "./texts.ts"

const KINDS = Object.keys(RULINGS) as Ruling[]

/** The procedures that came near, why each was not chosen, and what an editor may do about it. */
export function Considered({ rows, question }: { rows: readonly ConsideredRow[]; question: string }) {
  const [doing, setDoing] = useState<{ ruling: Ruling; row: ConsideredRow } | null>(null)
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  if (rows.length === 0) return <Text>{texts.noneConsidered}</Text>
  return (
    <>
      <Table className="rows" aria-label={texts.considered} verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {[texts.procedure, texts.score, texts.why, ...(mayEdit ? [texts.actions] : [])].map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.code}>
              <Table.Td data-label={texts.procedure}>
                <Stack gap={2} className="break">
                  <Text fw={600}>{row.name}</Text>
                  <Text size="sm" c="dimmed">
                    {row.code}
                  </Text>
                </Stack>
              </Table.Td>
              <Table.Td data-label={texts.score}>{row.score?.toLocaleString("vi-VN") ?? texts.noScore}</Table.Td>
              <Table.Td data-label={texts.why}>
                <Why row={row} />
              </Table.Td>
              {mayEdit && (
                <Table.Td data-label={texts.actions}>
                  <Actions row={row} question={question} onPick={(ruling) => setDoing({ ruling, row })} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {doing && <RulingDialog {...doing.row} ruling={doing.ruling} question={question} onClose={() => setDoing(null)} />}
    </>
  )
}

function Why({ row: { chosen, why, variants, heardAs } }: { row: ConsideredRow }) {
  return (
    <Stack gap={4} maw={420}>
      {chosen && (
        <Badge color="green" variant="outline" tt="none" c="var(--mantine-color-text)">
          {texts.chosen}
        </Badge>
      )}
      {why.map((reason) => (
        <Text key={reason} size="sm">
          {texts.whyNot[reason]} {reason === "rare_variant" && texts.variants(variants)}
        </Text>
      ))}
      {heardAs !== null && (
        <Text size="sm" c="dimmed">
          {texts.heardAs(heardAs)}
        </Text>
      )}
    </Stack>
  )
}

interface ActionsProps {
  readonly row: ConsideredRow
  readonly question: string
  readonly onPick: (ruling: Ruling) => void
}

function Actions({ row: { code, name }, question, onPick }: ActionsProps) {
  const golden = useAct(addGolden, texts.goldenSaved)
  return (
    <Group gap="xs">
      {KINDS.map((ruling) => (
        <Button key={ruling} size="xs" variant="default" aria-label={texts.of(RULINGS[ruling].title, name)} onClick={() => onPick(ruling)}>
          {RULINGS[ruling].title}
        </Button>
      ))}
      <Button
        size="xs"
        variant="default"
        aria-label={texts.of(texts.golden, name)}
        loading={golden.isPending}
        onClick={() => golden.mutate({ body: { question, kind: "procedure", key: code } })}
      >
        {texts.golden}
      </Button>
      <Anchor component={Link} to={`/thu-tuc/${code}`} size="sm" aria-label={texts.of(texts.edit, name)}>
        {texts.edit}
      </Anchor>
    </Group>
  )
}
