import { z } from "zod"

/** The document's nonce: style elements that carry it are let through by the Content-Security-Policy. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ""

// Where the library that locks scrolling behind dialogs looks for it.
Object.assign(globalThis, { __webpack_nonce__: nonce })
// Zod would try to compile schemas with eval, which the policy refuses (and reports).
z.config({ jitless: true })
