import { Stack, Tabs, Text } from "@mantine/core"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { PageTitle } from "../../parts/page-title.tsx"
import { GoldenPart } from "./golden.tsx"
import { ReleasesPart } from "./releases.tsx"
import { publishingTexts as texts } from "./texts.ts"
import { WaitingPart } from "./waiting.tsx"

const SECTIONS = [
  { name: "cho-duyet", title: texts.tabs.waiting, Part: WaitingPart },
  { name: "cau-hoi-mau", title: texts.tabs.golden, Part: GoldenPart },
  { name: "cac-ban", title: texts.tabs.releases, Part: ReleasesPart },
] as const

/** From drafts to what citizens are told: looked through, tried out with golden questions, published, and back. */
export function Page() {
  const { phan }: { phan?: string } = useSearch({ strict: false })
  const navigate = useNavigate()
  const open = SECTIONS.find(({ name }) => name === phan)?.name ?? SECTIONS[0].name
  return (
    <Stack>
      <PageTitle>{texts.title}</PageTitle>
      <Text>{texts.hint}</Text>
      <Tabs value={open} onChange={(name) => void navigate({ to: ".", search: { phan: name }, replace: true })} keepMounted={false}>
        <Tabs.List aria-label={texts.sections}>
          {SECTIONS.map(({ name, title }) => (
            <Tabs.Tab key={name} value={name}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SECTIONS.map(({ name, Part }) => (
          <Tabs.Panel key={name} value={name} pt="md">
            <Part />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  )
}
