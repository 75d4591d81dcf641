import { Anchor, Button, Group, Progress, Stack, Text } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { type SubmitEvent, useState } from "react"
import { finishSetup, readSetup } from "../../../contract/setup.ts"
import { call } from "../../api.ts"
import { useAddressText } from "../../parts/address.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { errorsOf, useContractForm } from "../../parts/form.ts"
import { Loading } from "../../parts/loading.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { sessionQuery } from "../../session.ts"
import { shellTexts } from "../../texts.ts"
import { INITIAL, STEPS } from "./steps.tsx"
import { wizardTexts as texts } from "./texts.ts"

/** The first start, through the one-time link that the program prints. */
export function Page() {
  // The server tells what is wrong with a link that was copied in part.
  const token = useAddressText("ma") || "-"
  const link = useQuery({ queryKey: ["setup", token], queryFn: () => call(readSetup, { query: { token } }), staleTime: Infinity })
  return (
    <Stack className="narrow" component="main">
      <Text fw={700}>{shellTexts.product}</Text>
      <PageTitle>{texts.title}</PageTitle>
      <FaultAlert error={link.error} />
      {link.isPending && <Loading />}
      {link.data?.good === true && <Wizard token={token} />}
      {link.data?.good === false && (
        <>
          <Text>{texts.gone}</Text>
          <Anchor component={Link} to="/dang-nhap">
            {texts.signIn}
          </Anchor>
        </>
      )}
    </Stack>
  )
}

function Wizard({ token }: { token: string }) {
  const [at, setAt] = useState(0)
  const finish = useFinish(token)
  const { form, pending, fault } = finish
  const step = STEPS[at] ?? STEPS[0]
  const last = at === STEPS.length - 1
  const goOn = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const all = errorsOf(finishSetup.body, { token, ...form.getValues() })
    const here = Object.fromEntries(Object.entries(all).filter(([name]) => name.split(".")[0] === step.name))
    form.setErrors(here)
    if (Object.keys(here).length > 0) return
    if (last) finish.submit()
    else setAt(at + 1)
  }
  return (
    <form onSubmit={goOn} noValidate>
      <Stack>
        <Progress value={((at + 1) / STEPS.length) * 100} aria-label={texts.step(at + 1, STEPS.length, texts.steps[step.name])} />
        <Text component="h2" fw={600} aria-live="polite">
          {texts.step(at + 1, STEPS.length, texts.steps[step.name])}
        </Text>
        <step.Fields form={form} />
        <FaultAlert error={fault} />
        <Group justify="space-between">
          <Button variant="default" disabled={at === 0} onClick={() => setAt(at - 1)}>
            {texts.back}
          </Button>
          <Button type="submit" loading={pending}>
            {last ? texts.finish : texts.next}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {texts.once}
        </Text>
      </Stack>
    </form>
  )
}

function useFinish(token: string) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return useContractForm(finishSetup, {
    initial: INITIAL,
    besides: { token },
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey, refetchType: "all" })
      await navigate({ to: "/" })
    },
  })
}
