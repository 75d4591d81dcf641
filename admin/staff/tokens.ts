import { createHash, randomBytes } from "node:crypto"

/** A secret for a cookie or a link: 192 random bits, safe in an address. */
export const newToken = (): string => randomBytes(24).toString("base64url")

/** What is kept of a token: who reads the memory cannot use it. Tokens are random, so a plain digest is enough. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex")
