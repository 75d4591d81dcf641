const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }

/** HTML that is safe to send as it is. */
export interface Html {
  readonly markup: string
}

/** Builds HTML; every value is escaped unless it is Html itself. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | number | Html | readonly Html[])[]): Html {
  const parts = strings.map((text, i) => text + (i < values.length ? render(values[i] ?? "") : ""))
  return { markup: parts.join("") }
}

function render(value: string | number | Html | readonly Html[]): string {
  if (typeof value === "object") return "markup" in value ? value.markup : value.map((v) => v.markup).join("")
  return String(value).replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c)
}
