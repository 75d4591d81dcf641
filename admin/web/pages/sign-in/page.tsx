import { Alert, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { signIn } from "../../../contract/session.ts"
import { Fault } from "../../api.ts"
import { useAddressText } from "../../parts/address.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { type ContractForm, useContractForm } from "../../parts/form.ts"
import { PageTitle } from "../../parts/page-title.tsx"
import { sessionQuery } from "../../session.ts"
import { shellTexts } from "../../texts.ts"
import { signInTexts as texts } from "./texts.ts"

const EMPTY = { account: "", password: "", code: "" }

/** Signing in; where the account has a second step, its code is asked for once the password was right. */
export function Page() {
  const wanted = useAddressText("toi")
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const session = useQuery(sessionQuery)
  const [leaving, setLeaving] = useState(false)
  const contractForm = useContractForm(signIn, {
    initial: EMPTY,
    onDone: async () => {
      setLeaving(true)
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      // Never out of the staff area, whatever the address says.
      await navigate({ href: `/quan-tri${/^\/[^/\\]/.test(wanted) ? wanted : "/"}` })
    },
  })
  return (
    <Stack className="narrow" component="main">
      <Text fw={700}>{shellTexts.product}</Text>
      <PageTitle>{texts.title}</PageTitle>
      {session.data?.configured === false && !leaving && <Alert variant="outline">{texts.notConfigured}</Alert>}
      {isCodeWanted(contractForm.fault) ? <CodeForm {...contractForm} /> : <PasswordForm {...contractForm} />}
    </Stack>
  )
}

const isCodeWanted = (fault: Error | null) => fault instanceof Fault && ["code_required", "wrong_code"].includes(fault.code)

type Props = ContractForm<typeof EMPTY>

function PasswordForm({ form, submit, pending, fault }: Props) {
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FaultAlert error={fault} />
        <TextInput label={texts.account} autoComplete="username" autoCapitalize="none" {...form.getInputProps("account")} />
        <PasswordInput
          label={texts.password}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": shellTexts.showPassword }}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={pending}>
          {texts.enter}
        </Button>
        <Text size="sm" c="dimmed">
          {texts.lost}
        </Text>
      </Stack>
    </form>
  )
}

function CodeForm({ form, submit, pending, fault }: Props) {
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {fault instanceof Fault && fault.code === "wrong_code" && <FaultAlert error={fault} />}
        <TextInput
          label={texts.code}
          description={texts.codeHint}
          autoComplete="one-time-code"
          data-autofocus
          autoFocus
          {...form.getInputProps("code")}
        />
        <Button type="submit" loading={pending}>
          {texts.confirm}
        </Button>
      </Stack>
    </form>
  )
}
