import { button, element } from "./dom.ts"
import { TEXTS } from "./texts.ts"

/** Asks before the conversation is put away. */
export function createRestartDialog(restart: () => void): HTMLDialogElement {
  const close = (): void => {
    dialog.close()
  }
  const keep = button(TEXTS.restartNo, "plain", close)
  const yes = button(TEXTS.restartYes, "primary", () => {
    close()
    restart()
  })
  const dialog = element(
    "dialog",
    { class: "restart", attributes: { "aria-labelledby": "restart-title", "aria-describedby": "restart-body" } },
    [
      element("h2", { id: "restart-title", text: TEXTS.restartTitle }),
      element("p", { id: "restart-body", text: TEXTS.restartBody }),
      element("div", { class: "actions" }, [keep, yes]),
    ],
  )
  return dialog
}
