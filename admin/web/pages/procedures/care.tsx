import { Alert, Button, Stack, Text } from "@mantine/core"
import { useState } from "react"
import { resumeProcedure, suspendProcedure } from "../../../contract/procedures.ts"
import type { RecordCare } from "../../../contract/upkeep.ts"
import { useAct } from "../../parts/act.ts"
import { Care as RecordCarePart } from "../../parts/care.tsx"
import { FaultAlert } from "../../parts/faults.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { careTexts as texts } from "./care-texts.ts"
import { ReasonDialog } from "../../parts/reason-dialog.tsx"

/** Who looks after a published procedure and until when, and the switch that takes it from the assistant. */
export const Care = ({ code }: { code: string }) => (
  <RecordCarePart kind="procedure" recordKey={code} above={(care) => <Switch code={code} care={care} />} />
)

interface Props {
  readonly code: string
  readonly care: Pick<RecordCare, "suspended">
}

function Switch({ code, care: { suspended } }: Props) {
  const me = useMe()
  const [asking, setAsking] = useState(false)
  const off = useAct(suspendProcedure, texts.turnedOff)
  const on = useAct(resumeProcedure, texts.turnedOn)
  if (suspended !== null) {
    return (
      <Alert variant="outline" color="orange">
        <Stack gap="xs" align="flex-start">
          <Text c="var(--mantine-color-text)">{texts.isOff(suspended)}</Text>
          <FaultAlert error={on.error} />
          {mayOpen(me, "knowledge.publish") ? (
            <Button variant="default" loading={on.isPending} onClick={() => on.mutate({ params: { code } })}>
              {texts.on}
            </Button>
          ) : (
            <Text size="sm" c="var(--mantine-color-text)">
              {texts.whoTurnsOn}
            </Text>
          )}
        </Stack>
      </Alert>
    )
  }
  if (!mayOpen(me, "knowledge.edit")) return null
  return (
    <>
      <Button variant="default" style={{ alignSelf: "flex-start" }} onClick={() => setAsking(true)}>
        {texts.off}
      </Button>
      {asking && (
        <ReasonDialog
          words={{ title: texts.offTitle, text: texts.offText, action: texts.off }}
          pending={off.isPending}
          error={off.error}
          onClose={() => setAsking(false)}
          onReason={(reason) => off.mutate({ params: { code }, body: { reason } }, { onSuccess: () => setAsking(false) })}
        />
      )}
    </>
  )
}
