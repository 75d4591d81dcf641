import { randomBytes } from "node:crypto"
import { link, open, readFile, rm } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"
import { InstallationError } from "../errors.ts"
import { syncFolder } from "./sync-folder.ts"

const KEY_BYTES = 32
const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/) // 32 bytes in base64url

const secretsSchema = z.strictObject({
  /** Turns citizens' ids into pseudonyms: who has it can tell whether two entries speak of the same person. */
  pseudonymKey: key,
  encryptionKey: key,
  sessionSecret: key,
})

export type Secrets = Readonly<z.infer<typeof secretsSchema>>

/**
 * Returns the secrets of this installation, made at its first start and never again; throws an InstallationError, leaving
 * the file as it is, when its content cannot be used: new keys would silently cut the commune off from its own data.
 */
export async function openSecrets(file: string): Promise<Secrets> {
  const text = (await readIfThere(file)) ?? (await createOnce(file))
  const parsed = secretsSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new InstallationError(
    `Tệp khóa bí mật ${file} không đúng nội dung. Chương trình không tự ghi đè tệp này: xin khôi phục tệp từ bản sao lưu.`,
  )
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8")
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined
    throw error
  }
}

/**
 * Writes new secrets beside the place where they belong and gives them their name only when they are safely on disk. A hard
 * link, unlike a rename, never replaces: of two processes that start at once one wins, and both read the winner's file.
 */
async function createOnce(file: string): Promise<string> {
  const draft = `${file}.${randomBytes(8).toString("hex")}.tmp`
  try {
    await writeSafely(draft, JSON.stringify(newSecrets(), null, 2) + "\n")
    await link(draft, file).catch((error: unknown) => {
      if (!hasCode(error, "EEXIST")) throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  await syncFolder(path.dirname(file))
  return readFile(file, "utf8")
}

function newSecrets(): Secrets {
  const random = () => randomBytes(KEY_BYTES).toString("base64url")
  return { pseudonymKey: random(), encryptionKey: random(), sessionSecret: random() }
}

async function writeSafely(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code
}
