import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { AppError } from "../../errors.ts"

/** Encrypts what must never lie open in the database. */
export interface Vault {
  /** `place` is bound to the result: what is moved to another place does not open there. */
  seal(value: object, place: string): string
  /** Throws VaultError when it was changed, moved, or sealed with another key. */
  open(sealed: string, place: string): unknown
}

export class VaultError extends AppError {
  readonly code = "vault"
}

const VERSION = "v1"
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM with the encryption key of DATA_DIR (32 bytes in base64url). */
export function createVault(encryptionKey: string): Vault {
  const key = Buffer.from(encryptionKey, "base64url")
  return {
    seal(value, place) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place))
      const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()])
      return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url")}`
    },
    open(sealed, place) {
      try {
        const [version, data = ""] = sealed.split(".", 2)
        if (version !== VERSION) throw new RangeError("another version")
        const bytes = Buffer.from(data, "base64url")
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(place))
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
        return JSON.parse(text.toString("utf8")) as unknown
      } catch (error) {
        throw new VaultError("Khóa mã hóa không mở được thông tin bí mật này", { cause: error })
      }
    },
  }
}
