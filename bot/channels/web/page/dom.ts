type Child = Node | string | null

interface Properties {
  readonly class?: string
  readonly id?: string
  readonly text?: string
  readonly type?: string
  readonly hidden?: boolean
  readonly attributes?: Readonly<Record<string, string>>
  readonly onClick?: () => void
}

/** Makes an element from data; text only ever becomes text nodes. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  if (properties.class !== undefined) made.className = properties.class
  if (properties.id !== undefined) made.id = properties.id
  if (properties.text !== undefined) made.textContent = properties.text
  if (properties.type !== undefined) made.setAttribute("type", properties.type)
  if (properties.hidden === true) made.hidden = true
  for (const [name, value] of Object.entries(properties.attributes ?? {})) made.setAttribute(name, value)
  if (properties.onClick !== undefined) made.addEventListener("click", properties.onClick)
  made.append(...children.filter((child) => child !== null))
  return made
}

export function button(label: string, look: string, onClick: () => void): HTMLButtonElement {
  return element("button", { type: "button", class: `button ${look}`, text: label, onClick })
}
