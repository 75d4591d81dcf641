import { Alert, Button, Code, PasswordInput, Stack, Text, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { confirmSecondStep, dropSecondStep, startSecondStep } from "../../../contract/account.ts"
import { call } from "../../api.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { useContractForm } from "../../parts/form.ts"
import { Loading } from "../../parts/loading.tsx"
import { shellTexts } from "../../texts.ts"
import { accountTexts as texts } from "./texts.ts"

const toggle = { visibilityToggleButtonProps: { "aria-label": shellTexts.showPassword } }

/** Switching the second step on, with its recovery codes, and off. */
export function SecondStep({ on, codesLeft }: { on: boolean; codesLeft: number }) {
  const [starting, setStarting] = useState(false)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  if (codes) return <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />
  if (on) return <Drop codesLeft={codesLeft} />
  if (starting)
    return (
      <Start
        onDone={(made) => {
          setStarting(false)
          setCodes(made)
        }}
      />
    )
  return (
    <Stack align="flex-start">
      <Text>{texts.off}</Text>
      <Button variant="default" onClick={() => setStarting(true)}>
        {texts.start}
      </Button>
    </Stack>
  )
}

function Start({ onDone }: { onDone: (codes: readonly string[]) => void }) {
  // Each time another secret: one that was shown and not used is forgotten.
  const secret = useQuery({ queryKey: ["second-step"], queryFn: () => call(startSecondStep), staleTime: Infinity, gcTime: 0 })
  if (!secret.data) return secret.error ? <FaultAlert error={secret.error} /> : <Loading />
  return <Confirm secret={secret.data.secret} qr={secret.data.qr} onDone={onDone} />
}

function Confirm({ secret, qr, onDone }: { secret: string; qr: string; onDone: (codes: readonly string[]) => void }) {
  const { form, submit, pending, fault } = useContractForm(confirmSecondStep, {
    initial: { code: "", password: "" },
    besides: { secret },
    onDone: ({ recoveryCodes }) => onDone(recoveryCodes),
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw={480}>
        <Text>{texts.scan}</Text>
        <img className="qr" src={qr} alt={texts.qr} />
        <Text size="sm">{texts.secret}</Text>
        <Code className="break" data-testid="secret">
          {secret}
        </Code>
        <FaultAlert error={fault} />
        <TextInput label={texts.code} inputMode="numeric" autoComplete="one-time-code" {...form.getInputProps("code")} />
        <PasswordInput label={texts.current} autoComplete="current-password" {...toggle} {...form.getInputProps("password")} />
        <Button type="submit" loading={pending}>
          {texts.confirm}
        </Button>
      </Stack>
    </form>
  )
}

function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  return (
    <Alert title={texts.codes} variant="outline">
      <Stack>
        <Text c="var(--mantine-color-text)">{texts.codesHint}</Text>
        <Code block data-testid="recovery-codes">
          {codes.join("\n")}
        </Code>
        <Button onClick={onKept}>{texts.codesKept}</Button>
      </Stack>
    </Alert>
  )
}

/** The account is asked for anew after each change, and this form goes with what it switched off. */
const nothingMore = () => undefined

function Drop({ codesLeft }: { codesLeft: number }) {
  const { form, submit, pending, fault } = useContractForm(dropSecondStep, { initial: { password: "" }, onDone: nothingMore })
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw={480}>
        <Text>{texts.on(codesLeft)}</Text>
        <FaultAlert error={fault} />
        <PasswordInput label={texts.current} autoComplete="current-password" {...toggle} {...form.getInputProps("password")} />
        <Button type="submit" variant="default" loading={pending}>
          {texts.drop}
        </Button>
      </Stack>
    </form>
  )
}
