import { z } from "zod"
import { DATABASE_NAME, SECRETS_NAME } from "../data-dir.ts"

export const MANIFEST_NAME = "manifest.json"
/** Folders of DATA_DIR that are backed up with everything in them. The index is made anew from the database. */
export const FOLDERS = ["files", "media"] as const

const FORMAT = "tro-ly-xa-backup"
const FORMAT_VERSION = 1

/** Only what a backup holds can be unpacked: no other place, no way up, no drive, no stream of a file. */
function isOwnPath(name: string): boolean {
  if (name === DATABASE_NAME || name === SECRETS_NAME) return true
  const [folder, ...rest] = name.split("/")
  const isPart = (part: string) => part !== "" && part !== "." && part !== ".." && !/[\\:\p{Cc}]/u.test(part)
  return FOLDERS.some((own) => own === folder) && rest.length > 0 && rest.every(isPart)
}

const entrySchema = z.strictObject({
  path: z.string().max(1000).refine(isOwnPath),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  formatVersion: z.literal(FORMAT_VERSION),
  /** The version of the program that wrote it. */
  program: z.string(),
  createdAt: z.iso.datetime(),
  /** The newest migration of the database. */
  migration: z.string().min(1),
  entries: z
    .array(entrySchema)
    .refine((entries) => new Set(entries.map((entry) => entry.path.toLowerCase())).size === entries.length)
    .refine((entries) => [DATABASE_NAME, SECRETS_NAME].every((name) => entries.some((entry) => entry.path === name))),
})

export type Manifest = Readonly<z.infer<typeof manifestSchema>>
export type ArchiveEntry = Manifest["entries"][number]

export function manifestOf(parts: Omit<Manifest, "format" | "formatVersion">): Manifest {
  return { format: FORMAT, formatVersion: FORMAT_VERSION, ...parts }
}

/** The manifest that a text holds, or why it holds none. */
export function readManifest(text: string): Manifest | "foreign" | "newer" | "damaged" {
  const json = parseJson(text)
  const head = z.object({ format: z.literal(FORMAT), formatVersion: z.number() }).safeParse(json)
  if (!head.success) return "foreign"
  if (head.data.formatVersion > FORMAT_VERSION) return "newer"
  const parsed = manifestSchema.safeParse(json)
  return parsed.success ? parsed.data : "damaged"
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
