import { Button, Card, Group, Text } from "@mantine/core"
import { draftSameDay } from "../../../contract/procedures.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { procedureTexts } from "./texts.ts"

const texts = procedureTexts.bulk

/** What can be done with the procedures that were ticked. */
export function SameDay({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const draft = useAct(draftSameDay)
  const set = (sameDay: boolean) => draft.mutate({ body: { codes: [...codes], sameDay } }, { onSuccess: onDone })
  if (codes.length === 0 && !draft.data) return null
  return (
    <Card withBorder padding="sm" component="section" aria-label={texts.title}>
      <Group gap="sm">
        <Text role="status">
          {codes.length > 0 ? texts.chosen(codes.length) : draft.data && texts.made(draft.data.drafted, draft.data.unchanged)}
        </Text>
        {codes.length > 0 && (
          <>
            <Button variant="default" size="xs" loading={draft.isPending} onClick={() => set(true)}>
              {texts.set}
            </Button>
            <Button variant="default" size="xs" loading={draft.isPending} onClick={() => set(false)}>
              {texts.unset}
            </Button>
          </>
        )}
      </Group>
      <FaultAlert error={draft.error} />
    </Card>
  )
}
