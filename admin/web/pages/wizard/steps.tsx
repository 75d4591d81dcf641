import { Checkbox, Group, NativeSelect, PasswordInput, Radio, SimpleGrid, Stack, Text, TextInput } from "@mantine/core"
import type { UseFormReturnType } from "@mantine/form"
import type { ComponentType } from "react"
import type { z } from "zod"
import { COMMUNE_KINDS, type finishSetup } from "../../../contract/setup.ts"
import { shellTexts } from "../../texts.ts"
import { wizardTexts as texts } from "./texts.ts"

type Values = Omit<z.input<typeof finishSetup.body>, "token">

export const INITIAL: Values = {
  commune: { kind: "xã", name: "", province: "" },
  opening: {
    address: "",
    weekdays: [1, 2, 3, 4, 5],
    morning: { from: "07:30", to: "11:30" },
    afternoon: { from: "13:00", to: "17:00" },
    hotline: "",
  },
  admin: { person: "", account: "", password: "" },
  knowledge: "demo",
}

interface Props {
  readonly form: UseFormReturnType<Values>
}

function CommuneFields({ form }: Props) {
  return (
    <Stack>
      <NativeSelect label={texts.kind} data={[...COMMUNE_KINDS]} {...form.getInputProps("commune.kind")} />
      <TextInput label={texts.name} description={texts.nameHint} autoComplete="off" {...form.getInputProps("commune.name")} />
      <TextInput label={texts.province} description={texts.provinceHint} autoComplete="off" {...form.getInputProps("commune.province")} />
    </Stack>
  )
}

function OpeningFields({ form }: Props) {
  const { weekdays } = form.getValues().opening
  return (
    <Stack>
      <Text size="sm">{texts.openingHint}</Text>
      <TextInput label={texts.address} {...form.getInputProps("opening.address")} />
      <Checkbox.Group
        label={texts.weekdays}
        value={weekdays.map(String)}
        error={form.errors["opening.weekdays"]}
        onChange={(days) => form.setFieldValue("opening.weekdays", days.map(Number).sort())}
      >
        <Group mt="xs" gap="sm">
          {texts.days.map((day, i) => (
            <Checkbox key={day} value={String(i + 1)} label={day} />
          ))}
        </Group>
      </Checkbox.Group>
      <SimpleGrid cols={2}>
        {(["morning", "afternoon"] as const).flatMap((half) =>
          (["from", "to"] as const).map((end) => (
            <TextInput key={half + end} type="time" label={texts[half][end]} {...form.getInputProps(`opening.${half}.${end}`)} />
          )),
        )}
      </SimpleGrid>
      <TextInput type="tel" label={texts.hotline} {...form.getInputProps("opening.hotline")} />
    </Stack>
  )
}

function AdminFields({ form }: Props) {
  return (
    <Stack>
      <Text size="sm">{texts.adminHint}</Text>
      <TextInput label={texts.person} autoComplete="name" {...form.getInputProps("admin.person")} />
      <TextInput
        label={texts.account}
        description={texts.accountHint}
        autoComplete="username"
        autoCapitalize="none"
        {...form.getInputProps("admin.account")}
      />
      <PasswordInput
        label={texts.password}
        description={texts.passwordHint}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": shellTexts.showPassword }}
        {...form.getInputProps("admin.password")}
      />
    </Stack>
  )
}

function KnowledgeFields({ form }: Props) {
  return (
    <Radio.Group label={texts.knowledge} {...form.getInputProps("knowledge")}>
      <Stack mt="xs">
        <Radio value="demo" label={texts.demo} description={texts.demoHint} />
        <Radio value="empty" label={texts.empty} description={texts.emptyHint} />
      </Stack>
    </Radio.Group>
  )
}

interface Step {
  /** The part of the contract's body that it fills in. */
  readonly name: keyof Values
  readonly Fields: ComponentType<Props>
}

export const STEPS: readonly [Step, ...Step[]] = [
  { name: "commune", Fields: CommuneFields },
  { name: "opening", Fields: OpeningFields },
  { name: "admin", Fields: AdminFields },
  { name: "knowledge", Fields: KnowledgeFields },
]
