/** Copies also where the clipboard is barred: on plain-http pages of an office network, in older browsers. */
export async function copyText(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text, near)
  }
}

function copyBySelection(text: string, near: HTMLElement): boolean {
  // Inside of a shadow the document only knows its host.
  const focused = (near.getRootNode() as Document | ShadowRoot).activeElement
  const holder = document.createElement("textarea")
  holder.className = "unseen"
  holder.value = text
  near.after(holder)
  holder.select()
  // Plain HTTP in an office is no secure context, and there is no other way without one.
  const old: { execCommand?: (command: string) => boolean } = document
  const copied = old.execCommand?.("copy") ?? false
  holder.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
