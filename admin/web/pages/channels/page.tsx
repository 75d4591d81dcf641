import { Stack, Tabs } from "@mantine/core"
import { useNavigate } from "@tanstack/react-router"
import { useAddressText } from "../../parts/address.ts"
import { PageTitle } from "../../parts/page-title.tsx"
import { Accounts } from "./accounts.tsx"
import { UNSENT_TAB } from "./tabs.ts"
import { channelTexts as texts } from "./texts.ts"
import { Unsent } from "./unsent.tsx"

const { the: UNSENT } = UNSENT_TAB

/** The channels that staff set up, and what did not reach the citizen; which of the two stands in the address. */
export function Page() {
  const navigate = useNavigate()
  const tab = useAddressText("the") === UNSENT ? UNSENT : "kenh"
  return (
    <Stack>
      <PageTitle>{texts.title}</PageTitle>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(chosen) => void navigate({ to: ".", search: chosen === UNSENT ? UNSENT_TAB : {}, replace: true })}
      >
        <Tabs.List aria-label={texts.tabsLabel}>
          <Tabs.Tab value="kenh">{texts.tabs.accounts}</Tabs.Tab>
          <Tabs.Tab value={UNSENT}>{texts.tabs.unsent}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="kenh" pt="md">
          <Accounts />
        </Tabs.Panel>
        <Tabs.Panel value={UNSENT} pt="md">
          <Unsent />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}
