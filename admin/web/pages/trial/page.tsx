import { Badge, Button, Card, Code, Group, NativeSelect, Stack, Text, Textarea, Title } from "@mantine/core"
import { type ReactNode, useState } from "react"
import { AGAINST, askTrial, type Tried, type TrialStep } from "../../../contract/trial.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { useContractForm } from "../../parts/form.ts"
import { PageTitle } from "../../parts/page-title.tsx"
import { Considered } from "./considered.tsx"
import { tellStep } from "./step-words.ts"
import { trialTexts as texts } from "./texts.ts"

interface Asked {
  readonly question: string
  readonly against: (typeof AGAINST)[number]
}

/** The editor's bench: a question, its answer, and how the answer came about. */
export function Page() {
  const [tried, setTried] = useState<Tried | null>(null)
  const initial: Asked = { question: new URLSearchParams(window.location.search).get("hoi") ?? "", against: "live" }
  const { form, submit, pending, fault } = useContractForm(askTrial, { initial, onDone: setTried })
  return (
    <Stack>
      <PageTitle>{texts.title}</PageTitle>
      <Text>{texts.hint}</Text>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Textarea label={texts.question} autosize minRows={2} maxLength={2000} {...form.getInputProps("question")} />
          <Group align="flex-end">
            <NativeSelect
              label={texts.against}
              data={AGAINST.map((value) => ({ value, label: texts[value] }))}
              {...form.getInputProps("against")}
            />
            <Button type="submit" loading={pending}>
              {texts.ask}
            </Button>
          </Group>
        </Stack>
      </form>
      <FaultAlert error={fault} />
      <Stack aria-live="polite">{tried && <Result tried={tried} against={form.getValues().against} />}</Stack>
    </Stack>
  )
}

function Result({ tried, against }: { tried: Tried; against: Asked["against"] }) {
  const { question, text, statusLabel, choices, version, ms, drafts } = tried
  return (
    <>
      {against === "drafts" && drafts === 0 && <Text>{texts.noDrafts}</Text>}
      <Part title={texts.answerTitle}>
        <Group gap="xs">
          <Badge variant="default" tt="none">
            {statusLabel}
          </Badge>
          <Text size="sm" c="dimmed">
            {texts.version(version)}, {texts.ms(ms)}
          </Text>
        </Group>
        <Text className="words">{text}</Text>
        {choices.length > 0 && (
          <Text size="sm">
            {texts.choices}: {choices.join(" · ")}
          </Text>
        )}
        {question.includes("[") && <Text size="sm">{texts.masked(question)}</Text>}
      </Part>
      <Part title={texts.considered}>
        <Considered rows={tried.considered} question={question} />
      </Part>
      <Part title={texts.sources}>
        <Sources {...tried} />
      </Part>
      <Part title={texts.stepsTitle}>
        <Steps steps={tried.steps} />
      </Part>
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  )
}

function Sources({ citations }: Pick<Tried, "citations">) {
  if (citations.length === 0) return <Text>{texts.noSources}</Text>
  return citations.map(({ sourceId, title, section, page, quote }, i) => (
    <Stack key={`${sourceId} ${i}`} gap={2} className="break">
      <Text fw={600}>{[title, section, page === null ? null : texts.page(page)].filter(Boolean).join(", ")}</Text>
      <Text size="sm" c="dimmed">
        {sourceId}
      </Text>
      <Text size="sm" className="words">
        {quote}
      </Text>
    </Stack>
  ))
}

function Steps({ steps }: { steps: readonly TrialStep[] }) {
  return (
    <>
      <ol>
        {steps.map((step, i) => {
          const { title, told } = tellStep(step)
          return (
            <li key={i} className="break">
              <Text component="span" fw={600}>
                {title}
              </Text>
              : {told}{" "}
              <Text component="span" size="sm" c="dimmed">
                {texts.ms(step.ms)}
              </Text>
            </li>
          )
        })}
      </ol>
      <details>
        <summary>{texts.raw}</summary>
        <Code block className="words" tabIndex={0}>
          {JSON.stringify(steps, null, 1)}
        </Code>
      </details>
    </>
  )
}
