import { fileURLToPath } from "node:url"
import { defineConfig } from "vite"

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: fromHere("."),
  base: "/quan-tri/",
  publicDir: false,
  build: {
    outDir: fromHere("../../dist/admin/web"),
    emptyOutDir: true,
    // A data: address would be refused by the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      // The components say which of them need a browser; all of this is for a browser.
      onLog: (level, log, say) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") say(level, log)
      },
    },
    target: ["chrome111", "firefox115", "safari16.4"],
  },
})
