import { Alert, Button, Card, Group, NativeSelect, Stack, Text, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import {
  changeProcedureCare,
  type ProcedureCare,
  readProcedureCare,
  readProcedureChoices,
  resumeProcedure,
  suspendProcedure,
} from "../../../contract/procedures.ts"
import { call } from "../../api.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { careTexts as texts } from "./care-texts.ts"
import { ReasonDialog } from "./reason-dialog.tsx"
import { DayInput } from "../../parts/day-input.tsx"

/** Who looks after a published procedure and until when, and the switch that takes it from the assistant. */
export function Care({ code }: { code: string }) {
  const care = useQuery({ queryKey: ["procedure-care", code], queryFn: () => call(readProcedureCare, { params: { code } }) })
  return (
    <Card withBorder component="section" padding="sm">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {texts.title}
        </Title>
        <FaultAlert error={care.error} />
        {care.data && <Switch code={code} care={care.data} />}
        {care.data && <Looking key={`${care.data.ownerId ?? ""} ${care.data.reviewBy ?? ""}`} code={code} care={care.data} />}
      </Stack>
    </Card>
  )
}

interface Props {
  readonly code: string
  readonly care: ProcedureCare
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

function Looking({ code, care }: Props) {
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const [ownerId, setOwner] = useState(care.ownerId)
  const [reviewBy, setReviewBy] = useState(care.reviewBy)
  const choices = useQuery({ queryKey: ["procedure-choices"], queryFn: () => call(readProcedureChoices) })
  const change = useAct(changeProcedureCare, texts.saved)
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
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate({ params: { code }, body: { ownerId, reviewBy } })}
        >
          {texts.save}
        </Button>
      )}
      <FaultAlert error={change.error} />
    </Group>
  )
}
