/** Copies also where the clipboard is barred: on plain-http pages of an office network, in older browsers. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const holder = document.createElement("textarea")
  holder.className = "unseen"
  holder.value = text
  document.body.append(holder)
  holder.select()
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a secure context
  const copied = document.execCommand("copy")
  holder.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
