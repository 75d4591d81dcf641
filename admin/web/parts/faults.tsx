import { Alert, Anchor, Button, Code, Stack, Text } from "@mantine/core"
import { type ErrorComponentProps, Link } from "@tanstack/react-router"
import { Fault } from "../api.ts"
import { shellTexts } from "../texts.ts"
import { PageTitle } from "./page-title.tsx"

/** Why something could not be done, and the way on. Nothing while there is no error. */
export function FaultAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (!error) return null
  return (
    <Alert color="red" variant="outline" title={shellTexts.faultTitle} role="alert">
      <Text c="var(--mantine-color-text)">{error instanceof Fault ? error.message : shellTexts.unexpected}</Text>
      {onRetry && (
        <Button variant="default" mt="sm" onClick={onRetry}>
          {shellTexts.again}
        </Button>
      )}
    </Alert>
  )
}

/** A page that broke. */
export function PageFault({ error }: ErrorComponentProps) {
  return (
    <Stack p="md">
      <PageTitle>{shellTexts.brokenTitle}</PageTitle>
      <Text>{error instanceof Fault ? error.message : shellTexts.broken}</Text>
      {error instanceof Fault ? null : <Code block>{String(error)}</Code>}
      <Button onClick={() => window.location.reload()}>{shellTexts.reload}</Button>
    </Stack>
  )
}

function Elsewhere({ title, text }: { title: string; text: string }) {
  return (
    <Stack p="md">
      <PageTitle>{title}</PageTitle>
      <Text>{text}</Text>
      <Anchor component={Link} to="/">
        {shellTexts.home}
      </Anchor>
    </Stack>
  )
}

export const NotFound = () => <Elsewhere title={shellTexts.notFoundTitle} text={shellTexts.notFound} />
export const Forbidden = () => <Elsewhere title={shellTexts.forbiddenTitle} text={shellTexts.forbidden} />
