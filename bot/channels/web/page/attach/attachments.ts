import { button, element } from "../dom.ts"
import { TEXTS } from "../texts.ts"
import type { Enclosure } from "../types.ts"
import { smallerPhoto } from "./photo.ts"
import { canFindPlace, findPlace } from "./place.ts"

const DOCUMENTS = ".pdf,.doc,.docx,.xls,.xlsx"

interface AttachmentParts {
  /** 0: none are taken. */
  readonly maxUploadBytes: () => number
  readonly say: (words: string) => void
  readonly changed: () => void
}

export interface Attachments {
  readonly toggle: HTMLButtonElement
  /** The choices, the explanation, and what was chosen; above the field. */
  readonly tray: HTMLElement
  enclosure(): Enclosure | undefined
  clear(): void
  /** After it became known what is taken. */
  readonly refresh: () => void
}

/** What goes along with the words: one photo, one file, or the place. */
export function createAttachments(parts: AttachmentParts): Attachments {
  let chosen: Enclosure | undefined
  const chip = element("div", { class: "enclosure-chosen" })
  const { tools, photoTools, why } = buildTools(createDeeds(parts, choose))
  const tray = element("div", { class: "attach-tray" }, [tools, why, chip])
  const toggle = element("button", {
    type: "button",
    class: "button plain attach-toggle",
    text: "+",
    attributes: { "aria-label": TEXTS.attach, "aria-expanded": "false" },
    onClick: () => {
      open(tools.hidden && why.hidden)
    },
  })

  function open(now: boolean): void {
    tools.hidden = !now
    why.hidden = true
    toggle.setAttribute("aria-expanded", String(now))
  }

  function choose(enclosure: Enclosure | undefined): void {
    chosen = enclosure
    open(false)
    chip.replaceChildren(...(enclosure === undefined ? [] : chipParts(enclosure, remove)))
    parts.changed()
  }

  function remove(): void {
    choose(undefined)
    toggle.focus()
  }

  function refresh(): void {
    photoTools.hidden = parts.maxUploadBytes() === 0
    toggle.hidden = photoTools.hidden && !canFindPlace()
  }
  refresh()
  return {
    toggle,
    tray,
    enclosure: () => chosen,
    clear: () => {
      choose(undefined)
    },
    refresh,
  }
}

/** What the buttons do: both end with something chosen, or with words on why not. */
function createDeeds({ maxUploadBytes, say }: AttachmentParts, choose: (enclosure: Enclosure) => void): Deeds {
  async function take(file: File): Promise<void> {
    say(TEXTS.preparing)
    const smaller = await smallerPhoto(file)
    const limit = maxUploadBytes()
    const fits = smaller.blob.size <= limit
    say(fits ? "" : TEXTS.fileTooLarge(Math.floor(limit / 1_000_000)))
    if (fits) choose(smaller)
  }

  async function locate(): Promise<void> {
    say(TEXTS.placeSearching)
    try {
      choose(await findPlace())
      say("")
    } catch (error) {
      say(error instanceof Error ? error.message : TEXTS.placeFailed)
    }
  }
  return { take: (file) => void take(file), locate: () => void locate() }
}

/** What was enclosed, in a few words. */
export function enclosureWords(enclosure: Enclosure): string {
  return enclosure.kind === "location" ? TEXTS.placeFound(enclosure.accuracy) : enclosure.name
}

function chipParts(enclosure: Enclosure, remove: () => void): Node[] {
  const blob = enclosure.kind === "location" ? null : enclosure.blob
  const size = blob === null ? "" : ` · ${TEXTS.fileSize(blob.size)}`
  const away = button("✕", "plain enclosure-remove", remove)
  away.setAttribute("aria-label", TEXTS.removeEnclosure)
  return [element("span", { class: `enclosure ${enclosure.kind}`, text: `${enclosureWords(enclosure)}${size}` }), away]
}

interface Deeds {
  readonly take: (file: File) => void
  readonly locate: () => void
}

function buildTools({ take, locate }: Deeds) {
  const pick = (label: string, attributes: Record<string, string>): Node[] => {
    const input = element("input", { type: "file", class: "unseen", attributes: { ...attributes, tabindex: "-1", "aria-hidden": "true" } })
    input.addEventListener("change", () => {
      const file = input.files?.[0]
      if (file !== undefined) take(file)
      input.value = ""
    })
    return [
      button(label, "plain", () => {
        input.click()
      }),
      input,
    ]
  }
  const why = buildWhy({ locate, decline: () => (tools.hidden = false) })
  const camera = window.matchMedia("(pointer: coarse)").matches ? pick(TEXTS.takePhoto, { accept: "image/*", capture: "environment" }) : []
  const photoTools = element("div", { class: "actions" }, [...camera, ...pick(TEXTS.chooseFile, { accept: `image/*,${DOCUMENTS}` })])
  const place = button(TEXTS.sharePlace, "plain", () => {
    tools.hidden = true
    why.hidden = false
    why.querySelector("button")?.focus()
  })
  place.hidden = !canFindPlace()
  const tools = element("div", { class: "actions attach-tools", hidden: true }, [photoTools, place])
  return { tools, photoTools, why }
}

/** Said before the telephone asks, so that its question comes as no surprise. */
function buildWhy({ locate, decline }: { readonly locate: () => void; readonly decline: () => void }): HTMLElement {
  const close = (): void => {
    why.hidden = true
  }
  const yes = button(TEXTS.placeYes, "primary", () => {
    close()
    locate()
  })
  const no = button(TEXTS.placeNo, "plain", () => {
    close()
    decline()
  })
  const why = element("div", { class: "place-why", hidden: true }, [
    element("p", { text: TEXTS.placeWhy }),
    element("div", { class: "actions" }, [yes, no]),
  ])
  return why
}
