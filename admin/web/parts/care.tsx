import { Button, Card, Group, NativeSelect, Stack, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { type ReactNode, useState } from "react"
import { changeCare, readCare, readOwners, type RecordCare } from "../../contract/upkeep.ts"
import { call } from "../api.ts"
import { mayOpen, useMe } from "../session.ts"
import { useAct } from "./act.ts"
import { careTexts as texts } from "./care-texts.ts"
import { DayInput } from "./day-input.tsx"
import { FaultAlert } from "./faults.tsx"

interface Props {
  readonly kind: "procedure" | "document" | "notice"
  readonly recordKey: string
  /** What else is kept up beside the wording. */
  readonly above?: (care: RecordCare) => ReactNode
}

/** Who looks after a record that is told, and until when. */
export function Care({ kind, recordKey, above }: Props) {
  const params = { kind, key: recordKey }
  const care = useQuery({ queryKey: ["care", params], queryFn: () => call(readCare, { params }) })
  return (
    <Card withBorder component="section" padding="sm">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {texts.title}
        </Title>
        <FaultAlert error={care.error} />
        {care.data && above?.(care.data)}
        {care.data && <Looking key={`${care.data.ownerId ?? ""} ${care.data.reviewBy ?? ""}`} params={params} care={care.data} />}
      </Stack>
    </Card>
  )
}

/** Members of staff whom records can be given to. */
export const useOwners = () => useQuery({ queryKey: ["owners"], queryFn: () => call(readOwners) })

function Looking({ params, care }: { params: { kind: Props["kind"]; key: string }; care: RecordCare }) {
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const [ownerId, setOwner] = useState(care.ownerId)
  const [reviewBy, setReviewBy] = useState(care.reviewBy)
  const choices = useOwners()
  const change = useAct(changeCare, texts.saved)
  const owners = (choices.data?.owners ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        label={texts.owner}
        disabled={!mayEdit}
        data={[{ value: "", label: texts.nobody }, ...owners]}
        value={ownerId ?? ""}
        onChange={(event) => setOwner(event.currentTarget.value || null)}
      />
      <DayInput
        label={texts.reviewBy}
        readOnly={!mayEdit}
        clearable={mayEdit}
        clearButtonProps={{ "aria-label": texts.clearDay }}
        value={reviewBy}
        onChange={setReviewBy}
      />
      {mayEdit && (
        <Button variant="default" loading={change.isPending} onClick={() => change.mutate({ params, body: { ownerId, reviewBy } })}>
          {texts.save}
        </Button>
      )}
      <FaultAlert error={change.error} />
    </Group>
  )
}
