import { element } from "./dom.ts"
import type { PageStorage } from "./storage.ts"
import { TEXTS } from "./texts.ts"

interface TextSizeParts {
  readonly storage: PageStorage
  /** Whose text grows. */
  readonly target: HTMLElement
  readonly chosen: (name: string) => void
}

/** Three text sizes; the choice is remembered. */
export function createTextSize({ storage, target, chosen }: TextSizeParts): HTMLElement {
  const buttons = TEXTS.textSizes.map(({ label, name }, size) =>
    element("button", {
      type: "button",
      class: "size-button",
      text: label,
      attributes: { "aria-label": `${label}: ${name}` },
      onClick: () => {
        storage.write("text-size", String(size))
        show(size)
        chosen(name)
      },
    }),
  )
  const show = (current: number): void => {
    target.dataset["textSize"] = String(current)
    for (const [size, made] of buttons.entries()) made.setAttribute("aria-pressed", String(size === current))
  }
  const remembered = Number(storage.read("text-size") ?? "0")
  show(buttons[remembered] === undefined ? 0 : remembered)
  return element("div", { class: "sizes", attributes: { role: "group", "aria-label": TEXTS.textSize } }, buttons)
}
