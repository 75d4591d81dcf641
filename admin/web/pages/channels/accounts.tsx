import { Button, Group, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { type ChannelKindForm, type ChannelRow, listChannels } from "../../../contract/channels.ts"
import { call } from "../../api.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { Loading } from "../../parts/loading.tsx"
import { AccountCard, type Deed } from "./account-card.tsx"
import { AddDialog } from "./add-dialog.tsx"
import { ChangeDialog } from "./change-dialog.tsx"
import { RemoveDialog } from "./remove-dialog.tsx"
import { SignInDialog } from "./sign-in-dialog.tsx"
import { channelTexts as texts } from "./texts.ts"

/** A channel says by itself how it is; this often it is looked at. */
const REFRESH_MS = 3000

type Asked = { readonly what: "add" } | { readonly what: Deed; readonly row: ChannelRow }

/** Every account with how it is and what to do about it. */
export function Accounts() {
  const [asked, setAsked] = useState<Asked | null>(null)
  const channels = useQuery({ queryKey: ["channels"], queryFn: () => call(listChannels), refetchInterval: REFRESH_MS })
  const { rows, kinds } = channels.data ?? { rows: [], kinds: [] }
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <Text maw={640}>{texts.hint}</Text>
        {kinds.length > 0 && <Button onClick={() => setAsked({ what: "add" })}>{texts.add}</Button>}
      </Group>
      <FaultAlert error={channels.error} onRetry={() => void channels.refetch()} />
      {channels.isPending && <Loading />}
      {channels.data && rows.length === 0 && <Text>{texts.none}</Text>}
      <Stack component="section" aria-label={texts.list}>
        {rows.map((row) => (
          <AccountCard
            key={row.id}
            row={row}
            byQr={kinds.some(({ kind, signInByQr }) => kind === row.kind && signInByQr)}
            onAsk={(what) => setAsked({ what, row })}
          />
        ))}
      </Stack>
      {asked && <Dialog asked={asked} kinds={kinds} onClose={() => setAsked(null)} />}
    </Stack>
  )
}

function Dialog({ asked, kinds, onClose }: { asked: Asked; kinds: readonly ChannelKindForm[]; onClose: () => void }) {
  if (asked.what === "add") return <AddDialog kinds={kinds} onClose={onClose} />
  const { what, row } = asked
  if (what === "sign_in") return <SignInDialog row={row} onClose={onClose} />
  if (what === "remove") return <RemoveDialog row={row} onClose={onClose} />
  const form = kinds.find(({ kind }) => kind === row.kind)
  return form ? <ChangeDialog row={row} form={form} onClose={onClose} /> : null
}
