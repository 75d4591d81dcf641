import { Button, Group } from "@mantine/core"
import { editorTexts as texts } from "./editor-texts.ts"
import { SECTIONS } from "./form-spec.ts"

/** Where a part of the form begins, for the buttons that lead there. */
export const sectionId = (index: number) => `phan-${index}`
export const KEEPING_ID = "phan-luu"
const LIST_ID = "muc-luc"

/** Brings a part before the person, also when they go on with the keyboard or hear the page. */
function jumpTo(id: string): void {
  const part = document.getElementById(id)
  part?.focus({ preventScroll: true })
  part?.scrollIntoView({ block: "start" })
}

/** Leads to the parts of a form that is dozens of screens long on a telephone, and to where it is kept. */
export function Jumps() {
  return (
    <Group component="nav" gap="xs" id={LIST_ID} className="part" tabIndex={-1} aria-label={texts.parts}>
      {SECTIONS.map(({ title }, index) => (
        <Button key={title} size="xs" variant="default" onClick={() => jumpTo(sectionId(index))}>
          {title}
        </Button>
      ))}
      <Button size="xs" variant="default" onClick={() => jumpTo(KEEPING_ID)}>
        {texts.toKeeping}
      </Button>
    </Group>
  )
}

/** Back to the list of parts. */
export function BackToParts({ from }: { from: string }) {
  return (
    <Button size="xs" variant="subtle" aria-label={texts.backFrom(from)} onClick={() => jumpTo(LIST_ID)}>
      {texts.backToParts}
    </Button>
  )
}
