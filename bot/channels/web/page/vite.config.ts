import { fileURLToPath } from "node:url"
import { defineConfig } from "vite"

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: fromHere("."),
  base: "/",
  publicDir: false,
  build: {
    outDir: fromHere("../../../../dist/bot/channels/web/page"),
    emptyOutDir: true,
    // A data: address would be refused by the Content-Security-Policy.
    assetsInlineLimit: 0,
    rolldownOptions: { input: [fromHere("./index.html"), fromHere("./nhung/index.html")] },
    modulePreload: { polyfill: false },
    // Telephones of 2020 and younger.
    target: ["chrome87", "firefox78", "safari14"],
  },
})
