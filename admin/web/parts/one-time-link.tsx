import { Alert, Button, Code, CopyButton, Stack, Text } from "@mantine/core"
import { shellTexts } from "../texts.ts"
import { moment } from "./format.ts"

/** A one-time link to be handed over: shown this once. */
export function OneTimeLink({
  path,
  expiresAt,
  words,
}: {
  path: string
  expiresAt: string
  words: { title: string; text: (until: string) => string }
}) {
  const address = new URL(path, window.location.origin).href
  return (
    <Alert title={words.title} variant="outline" role="status">
      <Stack gap="sm">
        <Text c="var(--mantine-color-text)">{words.text(moment(expiresAt))}</Text>
        <Code block className="break" data-testid="one-time-link">
          {address}
        </Code>
        <CopyButton value={address}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? shellTexts.copied : shellTexts.copy}</Button>}
        </CopyButton>
      </Stack>
    </Alert>
  )
}
