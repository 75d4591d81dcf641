import axe from "axe-core"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { expect } from "vitest"
import { pictureIn } from "./chromium.ts"

/** A telephone and a desk. */
export const WIDTHS = [360, 1280] as const

export interface Person {
  readonly context: BrowserContext
  readonly page: Page
  /** What the browser complained of: faults of scripts, and everything the Content-Security-Policy refused. */
  readonly faults: string[]
}

/** Somebody at a browser of their own. */
export async function aPersonIn(browser: Browser, width: number): Promise<Person> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, locale: "vi-VN" })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on("pageerror", (error) => faults.push(error.message))
  page.on("console", (message) => {
    // What the server refuses is told to the person; the browser notes it as well.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(message.text())
  })
  return { context, page, faults }
}

/** Colours that are still on their way from light to dark are nobody's colours. */
const settled = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)))
  })

/** Looks at a page on a telephone and at a desk, in light and dark: nothing seriously wrong, nothing wider than the screen. */
export async function lookAt({ page }: Person, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const width of WIDTHS) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await settled(page)
      await pictureIn("staff", page, `${name}-${width}-${colorScheme}`)
      await page.evaluate(axe.source)
      const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run())
      const serious = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, nodes }) => nodes.map((node) => `${name} ${width} ${colorScheme} ${id}: ${node.html} ${node.failureSummary ?? ""}`))
      expect(serious).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${name} at ${width}`).toBeLessThanOrEqual(width)
    }
  }
  await page.emulateMedia({ colorScheme: "light" })
  if (before) await page.setViewportSize(before)
}
