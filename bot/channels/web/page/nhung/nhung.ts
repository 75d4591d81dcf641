import { copyText } from "../messages/clipboard.ts"
import { TEXTS } from "../texts.ts"

const address = `${window.location.origin}/widget.js`
const line = document.querySelector<HTMLTextAreaElement>("#line")
const copied = document.querySelector<HTMLElement>("#copied")

if (line !== null && copied !== null) {
  line.value = `<script src="${address}" async></script>`
  document.querySelector("#copy")?.addEventListener("click", () => {
    void copyText(line.value, copied).then((done) => {
      copied.textContent = done ? TEXTS.copied : TEXTS.notCopied
    })
  })
}

// The widget itself, as a site embeds it.
const script = document.createElement("script")
script.src = address
script.async = true
document.body.append(script)
