import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import type { z } from "zod"
import { acceptLink, readLink } from "../../../contract/links.ts"
import { call } from "../../api.ts"
import { useAddressText } from "../../parts/address.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { useContractForm } from "../../parts/form.ts"
import { moment } from "../../parts/format.ts"
import { Loading } from "../../parts/loading.tsx"
import { PageTitle } from "../../parts/page-title.tsx"
import { Roles } from "../../parts/roles.tsx"
import { sessionQuery } from "../../session.ts"
import { shellTexts } from "../../texts.ts"
import { linkTexts as texts } from "./texts.ts"

/** Where an invitation, or a link for a new password, leads to. */
export function Page() {
  // The server tells what is wrong with a link that was copied in part.
  const token = useAddressText("ma") || "-"
  const link = useQuery({ queryKey: ["link", token], queryFn: () => call(readLink, { query: { token } }), staleTime: Infinity })
  return (
    <Stack className="narrow" component="main">
      <Text fw={700}>{shellTexts.product}</Text>
      <PageTitle>{link.data?.account ? texts.renewTitle : texts.title}</PageTitle>
      <FaultAlert error={link.error} />
      {link.isPending && <Loading />}
      {link.data && <Accept token={token} link={link.data} />}
    </Stack>
  )
}

function Accept({ token, link }: { token: string; link: z.output<typeof readLink.response> }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { form, submit, pending, fault } = useContractForm(acceptLink, {
    initial: { account: link.account ?? "", password: "" },
    besides: { token },
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey, refetchType: "all" })
      await navigate({ to: "/" })
    },
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{link.account ? texts.renew(link.name) : texts.welcome(link.name)}</Text>
        <Roles roles={link.roles} />
        <Text size="sm" c="dimmed">
          {texts.until(moment(link.expiresAt))}
        </Text>
        <FaultAlert error={fault} />
        <TextInput
          label={texts.account}
          description={texts.accountHint}
          autoComplete="username"
          autoCapitalize="none"
          readOnly={link.account !== null}
          {...form.getInputProps("account")}
        />
        <PasswordInput
          label={texts.password}
          description={texts.passwordHint}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": shellTexts.showPassword }}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={pending}>
          {texts.enter}
        </Button>
      </Stack>
    </form>
  )
}
