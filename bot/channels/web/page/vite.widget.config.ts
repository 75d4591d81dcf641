import { fileURLToPath } from "node:url"
import { defineConfig } from "vite"

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** A page that embeds the widget may have any root size, so `rem` becomes the widget's own measure; media queries never depend on it. */
const ownRem = {
  postcssPlugin: "own-rem",
  Declaration(declaration: { value: string }) {
    if (/\drem\b/.test(declaration.value)) {
      declaration.value = declaration.value.replace(/(\d*\.?\d+)rem\b/g, "calc($1 * var(--rem))")
    }
  },
}

/** `widget.js`: one file that any page may load, without modules, so that one line of HTML is all that is needed. */
export default defineConfig({
  root: fromHere("."),
  publicDir: false,
  css: { postcss: { plugins: [ownRem] } },
  build: {
    outDir: fromHere("../../../../dist/bot/channels/web/page"),
    emptyOutDir: false,
    lib: { entry: fromHere("./widget/widget.ts"), formats: ["iife"], name: "TroLyXa", fileName: () => "widget.js" },
    target: ["chrome87", "firefox78", "safari14"],
  },
})
