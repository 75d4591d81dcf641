import { Button, Card, Checkbox, Stack, Text } from "@mantine/core"
import { useState } from "react"
import { draftProcedureImport, type ProcedureImport } from "../../../contract/procedure-import.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { importTexts as texts } from "./import-texts.ts"

interface Props {
  readonly id: string
  readonly counts: ProcedureImport["counts"]
  /** Chosen one by one in the list. */
  readonly codes: string[]
  readonly onMade: () => void
}

/** What of the file becomes drafts. */
export function ImportChoice({ id, counts, codes, onMade }: Props) {
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const [groups, setGroups] = useState({ new: false, changed: false })
  const [review, setReview] = useState(false)
  const make = useAct(draftProcedureImport)
  if (!mayEdit) return null
  const take = (["new", "changed"] as const).filter((group) => groups[group])
  const go = () => make.mutate({ params: { id }, body: { take, codes, state: review ? "review" : "editing" } }, { onSuccess: onMade })
  return (
    <Card withBorder padding="sm">
      <Stack gap="sm" align="flex-start">
        <Checkbox
          label={texts.takeNew(counts.new)}
          disabled={counts.new === 0}
          checked={groups.new}
          onChange={({ currentTarget: { checked } }) => setGroups((known) => ({ ...known, new: checked }))}
        />
        <Checkbox
          label={texts.takeChanged(counts.changed)}
          disabled={counts.changed === 0}
          checked={groups.changed}
          onChange={({ currentTarget: { checked } }) => setGroups((known) => ({ ...known, changed: checked }))}
        />
        <Text size="sm">{texts.leaves}</Text>
        <Checkbox label={texts.review} checked={review} onChange={(event) => setReview(event.currentTarget.checked)} />
        <Button disabled={take.length + codes.length === 0} loading={make.isPending} onClick={go}>
          {texts.make}
        </Button>
        <FaultAlert error={make.error} />
        {make.data && <Text role="status">{texts.made(make.data.drafted, make.data.left)}</Text>}
      </Stack>
    </Card>
  )
}
