/** How the site's own line of HTML wants the widget. */
export interface WidgetSettings {
  /** Where the assistant's server is: the origin that the script came from. */
  readonly base: string
  readonly script: string
  /** "#rrggbb", null for the assistant's own. */
  readonly color: string | null
  readonly position: "left" | "right"
  readonly open: boolean
}

/** Reads `data-color`, `data-position` and `data-open` of the script's own element; what is not understood counts as left out. */
export function readSettings(script: HTMLScriptElement): WidgetSettings {
  const { color = "", position, open } = script.dataset
  return {
    base: new URL(script.src).origin,
    script: script.src,
    color: /^#[\da-f]{6}$/i.test(color.trim()) ? color.trim() : null,
    position: position === "left" ? "left" : "right",
    open: open !== undefined && open !== "false",
  }
}

/** Black or white, whichever is read better on this colour: one of them always has a contrast of at least 4.5 to 1. */
export function inkOn(color: string): string {
  const light = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * (LUMINANCE[i] ?? 0), 0)
  // WCAG 2: equal contrast to black and to white at √(1.05 × 0.05) − 0.05.
  return light > 0.179 ? "#000000" : "#ffffff"
}

const LUMINANCE = [0.2126, 0.7152, 0.0722]
