import { Button, Group, Mark, Stack, Text, Textarea } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useState } from "react"
import { correctDocumentPage, type PageMarks, proposePageMarks, type readDocumentPage } from "../../../contract/documents.ts"
import type { z } from "zod"
import { call } from "../../api.ts"
import { useAct } from "../../parts/act.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { mayOpen, useMe } from "../../session.ts"
import { documentTexts as texts } from "./texts.ts"

interface Props {
  readonly id: string
  readonly index: number
  readonly page: z.output<typeof readDocumentPage.response>
}

/** The text of one page: put right by hand, or by the marks that the counts propose. */
export function PageText({ id, index, page }: Props) {
  const mayEdit = mayOpen(useMe(), "knowledge.edit")
  const [text, setText] = useState(page.text)
  const params = { id, page: index }
  const propose = useMutation({ mutationFn: () => call(proposePageMarks, { params }) })
  const save = useAct(correctDocumentPage, texts.savedText)
  const use = (marks: PageMarks) => {
    setText(marks.text)
    propose.reset()
  }
  return (
    <Stack gap="sm">
      <Textarea
        label={texts.text}
        description={texts.textHint}
        autosize
        minRows={8}
        maxRows={30}
        readOnly={!mayEdit}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <FaultAlert error={save.error ?? propose.error} />
      {propose.data && <Proposal marks={propose.data} before={page.text} onUse={use} onDismiss={() => propose.reset()} />}
      {mayEdit && (
        <Group>
          <Button
            disabled={text === page.text}
            loading={save.isPending}
            onClick={() => save.mutate({ params, body: { text, version: page.version } })}
          >
            {texts.saveText}
          </Button>
          <Button variant="default" loading={propose.isPending} disabled={text !== page.text} onClick={() => propose.mutate()}>
            {texts.propose}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

interface ProposalProps {
  readonly marks: PageMarks
  readonly before: string
  readonly onUse: (marks: PageMarks) => void
  readonly onDismiss: () => void
}

function Proposal({ marks, before, onUse, onDismiss }: ProposalProps) {
  if (marks.changes.length === 0) return <Text role="status">{texts.nothingProposed}</Text>
  return (
    <Stack gap="xs" role="status">
      <Text size="sm">{texts.proposal}</Text>
      <p className="words">
        {piecesOf(before.normalize("NFC"), marks).map(({ at, plain, change }) => (
          <span key={at}>
            {plain}
            {change && (
              <Mark color={change.confidence < SURE ? "orange" : "yellow"} title={texts.changedWord(change.before, change.confidence)}>
                {change.after}
              </Mark>
            )}
          </span>
        ))}
      </p>
      <Group>
        <Button onClick={() => onUse(marks)}>{texts.accept}</Button>
        <Button variant="default" onClick={onDismiss}>
          {texts.dismiss}
        </Button>
      </Group>
    </Stack>
  )
}

/** A word below this is shown as doubtful. */
const SURE = 0.8

/** The old text cut at its changed words: what stands before each, and the word that takes its place. */
function piecesOf(before: string, { changes }: PageMarks) {
  const starts = [0, ...changes.map(({ at, before: word }) => at + word.length)]
  return starts.map((start, i) => ({ at: start, plain: before.slice(start, changes[i]?.at), change: changes[i] }))
}
