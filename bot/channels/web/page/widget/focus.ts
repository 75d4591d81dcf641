const FOCUSABLE = "a[href], button, textarea, summary, [tabindex='0']"

/** Keeps the Tab key within the panel, as the page behind it is not what is being used. */
export function keepFocusWithin(panel: HTMLElement, shadow: ShadowRoot): void {
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return
    const all = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((element) => element.getClientRects().length > 0)
    const [edge, other] = event.shiftKey ? [all.at(0), all.at(-1)] : [all.at(-1), all.at(0)]
    const inside = all.some((element) => element === shadow.activeElement)
    if (inside && shadow.activeElement !== edge) return
    event.preventDefault()
    other?.focus()
  })
}

/** What is typed here is no shortcut of the page around. */
export function keepKeysWithin(host: HTMLElement): void {
  for (const type of ["keydown", "keypress", "keyup"] as const) {
    host.addEventListener(type, (event) => {
      event.stopPropagation()
    })
  }
}
