/** What the telephone does around the chat; `target` carries the measures for its styles. */
export function followSurroundings(target: HTMLElement, offline: (now: boolean) => void): void {
  fitVisibleHeight(target)
  const tell = (): void => {
    offline(!navigator.onLine)
  }
  window.addEventListener("online", tell)
  window.addEventListener("offline", tell)
  tell()
}

/** On an iPhone the on-screen keyboard covers the page without resizing it. */
function fitVisibleHeight(target: HTMLElement): void {
  const viewport = window.visualViewport
  if (viewport === null) return
  const fit = (): void => {
    if (viewport.scale > 1) return
    target.style.setProperty("--visible-height", `${String(viewport.height)}px`)
  }
  viewport.addEventListener("resize", fit)
  fit()
}

/** Sources belong on the paper that a citizen carries to the counter. */
export function openDetailsForPrint(): void {
  let opened: HTMLDetailsElement[] = []
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")]
    for (const details of opened) details.open = true
  })
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false
  })
}

/** What is scrolled to should not hide under the header. */
export function followHeaderHeight(
  target: HTMLElement,
  { header, demo }: { readonly header: HTMLElement; readonly demo: HTMLElement },
): void {
  const tell = (): void => {
    const sticking = header.offsetHeight === 0 ? demo : header
    target.style.setProperty("--header-height", `${String(sticking.offsetHeight)}px`)
  }
  const observer = new ResizeObserver(tell)
  observer.observe(header)
  observer.observe(demo)
  tell()
}
