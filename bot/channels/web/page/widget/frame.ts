import { element } from "../dom.ts"
import { icon } from "../icon.ts"
import { TEXTS } from "../texts.ts"
import { inkOn, type WidgetSettings } from "./settings.ts"
import styles from "./widget.css?inline"

export interface Frame {
  /** Carries measures and text size for the styles. */
  readonly host: HTMLElement
  readonly shadow: ShadowRoot
  readonly launcher: HTMLButtonElement
  readonly panel: HTMLElement
  readonly showUnread: (count: number) => void
}

/** The button and the empty panel, in a tree of their own that the styles of the page do not reach. */
export function buildFrame({ color, position }: WidgetSettings, toggle: () => void): Frame {
  const host = document.createElement("tro-ly-xa")
  const shadow = host.attachShadow({ mode: "open" })
  host.lang = "vi"
  host.dataset["position"] = position
  if (color !== null) {
    host.style.setProperty("--brand", color)
    host.style.setProperty("--on-brand", inkOn(color))
    host.style.setProperty("--focus-on-brand", inkOn(color))
  }
  const badge = element("span", { class: "badge", hidden: true, attributes: { "aria-hidden": "true" } })
  const launcher = element("button", {
    type: "button",
    class: "launcher",
    attributes: { "aria-label": TEXTS.widgetOpen, "aria-haspopup": "dialog", "aria-expanded": "false" },
    onClick: toggle,
  })
  launcher.append(icon("launcher-icon"), element("span", { class: "launcher-words", text: TEXTS.widgetOpen }), badge)
  const panel = element("div", {
    class: "panel",
    hidden: true,
    attributes: { role: "dialog", "aria-modal": "true", "aria-label": TEXTS.widgetPanel },
  })
  dress(shadow)
  shadow.append(element("div", { class: "chat-root" }, [panel, launcher]))
  return {
    host,
    shadow,
    launcher,
    panel,
    showUnread(count) {
      badge.hidden = count === 0
      badge.textContent = count > 9 ? "9+" : String(count)
      launcher.setAttribute("aria-label", count === 0 ? TEXTS.widgetOpen : TEXTS.widgetUnread(count))
    },
  }
}

/** A constructed sheet is no inline style: a strict Content-Security-Policy lets it be. */
function dress(shadow: ShadowRoot): void {
  if ("adoptedStyleSheets" in shadow) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(styles)
    shadow.adoptedStyleSheets = [sheet]
    return
  }
  // Browsers before 2023.
  ;(shadow as ShadowRoot).append(element("style", { text: styles }))
}
