import { RemovalDialog } from "../../parts/dialogs.tsx"
import { type ChannelRow, removeChannel } from "../../../contract/channels.ts"
import { useAct } from "../../parts/act.ts"
import { channelTexts as texts } from "./texts.ts"

/** Removing an account for good: what goes with it is said first. */
export function RemoveDialog({ row: { id, name }, onClose }: { row: ChannelRow; onClose: () => void }) {
  const remove = useAct(removeChannel, texts.removed)
  return (
    <RemovalDialog
      {...{ title: texts.removeTitle, text: texts.removeText(name), action: texts.remove, onClose }}
      pending={remove.isPending}
      fault={remove.error}
      onRemove={() => remove.mutate({ params: { id } }, { onSuccess: onClose })}
    />
  )
}
