import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { deserialize, serialize } from "node:v8"
import { z } from "zod"
import { loadVectorIndex } from "../vector-index.ts"
import { openSpace, type Space, type SpaceContent } from "./space.ts"

/** Raised when the shape of the files or the analysis of texts changes: older snapshots are then made anew. */
const FORMAT = 2

const metaSchema = z.object({
  format: z.literal(FORMAT),
  embedder: z.string(),
  dimensions: z.number(),
  /** Digest of the knowledge that was indexed. */
  knowledge: z.string(),
  files: z.record(z.string(), z.string()),
})

export interface Snapshot {
  readonly knowledge: string
  readonly spaces: Readonly<Record<string, Space>>
}

interface Identity {
  readonly embedder: string
  readonly dimensions: number
}

/** Writes the spaces beside the live snapshot and then makes them the live one in a single rename. */
export async function saveSnapshot(folder: string, snapshot: Snapshot, identity: Identity): Promise<void> {
  const name = `${snapshot.knowledge.slice(0, 16)}-${identity.embedder}-${FORMAT}`
  const draft = path.join(folder, `.draft-${name}-${process.pid}`)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true, mode: 0o700 })
  const files: Record<string, string> = {}
  for (const [space, { content, vectors }] of Object.entries(snapshot.spaces)) {
    const bytes = serialize(pack(content))
    await writeFile(path.join(draft, `${space}.units`), bytes, { flush: true })
    files[`${space}.units`] = sha256(bytes)
    vectors.save(path.join(draft, `${space}.graph`))
    files[`${space}.graph`] = sha256(await readFile(path.join(draft, `${space}.graph`)))
  }
  const meta = { format: FORMAT, ...identity, knowledge: snapshot.knowledge, files }
  await writeFile(path.join(draft, "meta.json"), JSON.stringify(meta), { flush: true })
  const final = path.join(folder, name)
  await rm(final, { recursive: true, force: true })
  await rename(draft, final)
  await writeFile(path.join(folder, `.current-${process.pid}`), name, { flush: true })
  await rename(path.join(folder, `.current-${process.pid}`), path.join(folder, "current"))
  await removeOthers(folder, name)
}

/** The live snapshot; null when there is none, when it was made by another embedder, or when a byte of it is not as written. */
export async function loadSnapshot(folder: string, identity: Identity): Promise<Snapshot | null> {
  const pointer = path.join(folder, "current")
  if (!existsSync(pointer)) return null
  try {
    const home = path.join(folder, path.basename((await readFile(pointer, "utf8")).trim()))
    const meta = metaSchema.parse(JSON.parse(await readFile(path.join(home, "meta.json"), "utf8")))
    if (meta.embedder !== identity.embedder || meta.dimensions !== identity.dimensions) return null
    const spaces: Record<string, Space> = {}
    for (const file of Object.keys(meta.files).filter((f) => f.endsWith(".units"))) {
      const name = file.slice(0, -".units".length)
      const bytes = await readChecked(path.join(home, file), meta.files[file])
      await readChecked(path.join(home, `${name}.graph`), meta.files[`${name}.graph`])
      const graph = (vectors: Float32Array[]) => loadVectorIndex(path.join(home, `${name}.graph`), vectors, meta.dimensions)
      spaces[name] = openSpace(unpack(deserialize(bytes) as Packed), meta.dimensions, graph)
    }
    return { knowledge: meta.knowledge, spaces }
  } catch {
    // Whatever is wrong with a cache, the cure is the same: make it again from the database.
    return null
  }
}

interface Packed {
  fields: SpaceContent["fields"]
  terms: string
  keys: string[]
  digests: string[]
  lengths: Uint32Array[]
  offsets: Uint32Array
  entries: Uint32Array
  vectors: (Float32Array | null)[]
}

function pack({ fields, vocabulary, units }: SpaceContent): Packed {
  const offsets = new Uint32Array(units.length + 1)
  units.forEach((unit, i) => (offsets[i + 1] = (offsets[i] ?? 0) + unit.analyzed.entries.length))
  const entries = new Uint32Array(offsets[units.length] ?? 0)
  units.forEach((unit, i) => {
    entries.set(unit.analyzed.entries, offsets[i])
  })
  return {
    fields,
    terms: [...vocabulary.keys()].join("\n"),
    keys: units.map((u) => u.key),
    digests: units.map((u) => u.digest),
    lengths: units.map((u) => u.analyzed.lengths),
    offsets,
    entries,
    vectors: units.map((u) => u.vector),
  }
}

function unpack(packed: Packed): SpaceContent {
  const vocabulary = new Map(packed.terms === "" ? [] : packed.terms.split("\n").map((term, i) => [term, i]))
  const units = packed.keys.map((key, i) => ({
    key,
    digest: packed.digests[i] ?? "",
    analyzed: {
      lengths: packed.lengths[i] ?? new Uint32Array(),
      entries: packed.entries.subarray(packed.offsets[i], packed.offsets[i + 1]),
    },
    vector: packed.vectors[i] ?? null,
  }))
  return { fields: packed.fields, vocabulary, units }
}

async function readChecked(file: string, digest: string | undefined): Promise<Buffer> {
  const bytes = await readFile(file)
  if (sha256(bytes) !== digest) throw new Error(`digest of ${file}`)
  return bytes
}

async function removeOthers(folder: string, keep: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== keep && !entry.name.startsWith(".draft"))
      await rm(path.join(folder, entry.name), { recursive: true, force: true })
  }
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
