const SVG = "http://www.w3.org/2000/svg"
const BUBBLE = "M12 10h24a5 5 0 0 1 5 5v14a5 5 0 0 1-5 5H24l-9 7v-7h-3a5 5 0 0 1-5-5V15a5 5 0 0 1 5-5z"

/** The mark of the assistant, drawn here because a foreign page may forbid foreign images. */
export function icon(look: string): SVGElement {
  const shape = (name: string, attributes: Readonly<Record<string, string>>): SVGElement => {
    const made = document.createElementNS(SVG, name)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    return made
  }
  const drawn = shape("svg", { viewBox: "0 0 48 48", class: look, "aria-hidden": "true", focusable: "false" })
  drawn.append(
    shape("rect", { width: "48", height: "48", rx: "12", class: "icon-ground" }),
    shape("path", { d: BUBBLE, class: "icon-bubble" }),
    shape("path", { d: "M15 19h18M15 25.500h12", class: "icon-lines" }),
  )
  return drawn
}
