import { Alert, Button, Group, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { type ReactNode, useEffect } from "react"
import { endSignIn, finishSignIn, readSignIn, type SignInStep } from "../../../contract/channel-sign-ins.ts"
import { call } from "../../api.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { channelTexts } from "./texts.ts"

const texts = channelTexts.signIn

const ASK_MS = 1000
const OVER: ReadonlySet<SignInStep["state"]> = new Set(["signed_in", "declined", "timed_out", "other_account", "failed"])

interface Props {
  readonly id: string
  /** Makes a new picture after a sign-in that came to nothing. */
  readonly onAgain: () => void
  readonly onClose: () => void
}

/** The picture for the telephone and what became of it; leaving it ends the sign-in. */
export function QrPanel({ id, onAgain, onClose }: Props) {
  const step = useQuery({
    queryKey: ["sign-in", id],
    queryFn: () => call(readSignIn, { params: { id } }),
    // Also while the person looks at another window: who does not ask is taken to have left.
    refetchInterval: ({ state }) => (state.error || (state.data && OVER.has(state.data.state)) ? false : ASK_MS),
    refetchIntervalInBackground: true,
    gcTime: 0,
  })
  const finish = useAct(finishSignIn)
  const { mutate } = finish
  const signedIn = step.data?.state === "signed_in"
  useEffect(() => {
    if (signedIn) mutate({ params: { id } })
  }, [signedIn, id, mutate])
  useEffect(
    () => () => {
      // Nobody waits for it: a sign-in that is not asked for ends by itself.
      call(endSignIn, { params: { id } }).catch(() => undefined)
    },
    [id],
  )
  if (finish.data) return <Done name={finish.data.name} onClose={onClose} />
  const fault = finish.error ?? step.error
  if (fault) return <Failed reason={<FaultAlert error={fault} />} onAgain={onAgain} />
  return <Step step={step.data ?? PREPARING} onAgain={onAgain} />
}

const PREPARING: SignInStep = { state: "preparing", picture: "", secondsLeft: 0, name: "" }

function Step({ step, onAgain }: { step: SignInStep; onAgain: () => void }) {
  const { state, picture, secondsLeft, name } = step
  if (OVER.has(state) && state !== "signed_in") {
    const words = <Text c="var(--mantine-color-text)">{texts.states[state](name)}</Text>
    return (
      <Failed
        reason={
          <Alert color="red" variant="outline" role="alert">
            {words}
          </Alert>
        }
        onAgain={onAgain}
      />
    )
  }
  return (
    <Stack align="center" ta="center">
      <Text role="status">{texts.states[state](name)}</Text>
      {picture !== "" && (
        <>
          <img className="qr large" src={picture} alt={texts.picture} />
          <Text size="sm" c="dimmed">
            {texts.left(secondsLeft)}
          </Text>
        </>
      )}
    </Stack>
  )
}

function Failed({ reason, onAgain }: { reason: ReactNode; onAgain: () => void }) {
  return (
    <Stack>
      {reason}
      <Group justify="flex-end">
        <Button onClick={onAgain}>{texts.again}</Button>
      </Group>
    </Stack>
  )
}

function Done({ name, onClose }: { name: string; onClose: () => void }) {
  return (
    <Stack>
      <Alert color="green" variant="outline" role="status">
        <Text c="var(--mantine-color-text)">{texts.done(name)}</Text>
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {channelTexts.close}
        </Button>
      </Group>
    </Stack>
  )
}
