import { Button, Group, Modal, Stack, Text } from "@mantine/core"
import { useState } from "react"
import { discardRecordDraft, type RecordDetails, saveRecordDraft, submitDraft } from "../../../contract/drafts.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { shellTexts } from "../../texts.ts"
import { editorTexts as texts } from "./editor-texts.ts"
import { ReasonDialog } from "../../parts/reason-dialog.tsx"

interface Props {
  readonly record: RecordDetails
  readonly dirty: boolean
}

/** What can be done with a draft, or with a procedure that is told, besides writing. */
export function DraftActions({ record: { draft, live }, dirty }: Props) {
  const [asking, setAsking] = useState<"discard" | "withdraw" | null>(null)
  const submit = useAct(submitDraft, texts.submitted)
  const withdraw = useAct(saveRecordDraft)
  const mayWithdraw = live?.told === true && !draft?.withdraws
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {draft?.state === "editing" && (
          <Button
            variant="default"
            disabled={dirty}
            loading={submit.isPending}
            onClick={() => submit.mutate({ params: { id: draft.id }, body: { version: draft.version } })}
          >
            {texts.submit}
          </Button>
        )}
        {draft && (
          <Button variant="default" onClick={() => setAsking("discard")}>
            {texts.discard}
          </Button>
        )}
        {mayWithdraw && (
          <Button variant="default" onClick={() => setAsking("withdraw")}>
            {texts.withdraw}
          </Button>
        )}
      </Group>
      {dirty && <Text size="sm">{texts.saveFirst}</Text>}
      <FaultAlert error={submit.error} />
      {asking === "discard" && draft && <DiscardDialog draft={draft} onClose={() => setAsking(null)} />}
      {asking === "withdraw" && live && (
        <ReasonDialog
          words={{ title: texts.withdrawTitle, text: texts.withdrawText, action: texts.withdraw }}
          pending={withdraw.isPending}
          error={withdraw.error}
          onClose={() => setAsking(null)}
          onReason={(note) =>
            withdraw.mutate(
              { body: { kind: "procedure", body: live.body, withdraws: true, note, seen: draft?.version ?? null } },
              { onSuccess: () => setAsking(null) },
            )
          }
        />
      )}
    </Stack>
  )
}

function DiscardDialog({ draft: { id, version }, onClose }: { draft: NonNullable<RecordDetails["draft"]>; onClose: () => void }) {
  const discard = useAct(discardRecordDraft, texts.discarded)
  return (
    <Modal opened onClose={onClose} title={texts.discardTitle} closeButtonProps={{ "aria-label": texts.close }}>
      <Stack>
        <Text>{texts.discardText}</Text>
        <FaultAlert error={discard.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {shellTexts.cancel}
          </Button>
          <Button
            color="red"
            loading={discard.isPending}
            onClick={() => discard.mutate({ params: { id, version } }, { onSuccess: onClose })}
          >
            {texts.discard}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
