import { readFileSync, readdirSync } from "node:fs"
import path from "node:path"
import { parse } from "yaml"
import { z } from "zod"
import type { AliasLookup } from "./import/read-file.ts"

export const KNOWLEDGE_FOLDER = import.meta.dirname

const aliasFile = z.record(z.string(), z.array(z.string().min(2)))
const demoRecord = z.looseObject({ code: z.string().optional(), aliases: z.array(z.string()).optional() })

/** The shipped names that citizens use, by national code: records that come from the portal have none of their own. */
export function loadAliases(folder: string): AliasLookup {
  const table = new Map<string, string[]>()
  const add = (code: string, aliases: readonly string[]) => table.set(code, [...new Set([...(table.get(code) ?? []), ...aliases])])
  for (const file of yamlFiles(path.join(folder, "lexicon"))) {
    for (const [code, aliases] of Object.entries(aliasFile.parse(parse(readFileSync(file, "utf8"), { maxAliasCount: 10_000 }))))
      add(code, aliases)
  }
  for (const file of yamlFiles(path.join(folder, "demo", "procedures"))) {
    for (const { code, aliases } of z.array(demoRecord).parse(parse(readFileSync(file, "utf8")))) if (code && aliases) add(code, aliases)
  }
  return (code) => table.get(code) ?? []
}

/** The YAML files of a folder in alphabetical order; none when there is no such folder. */
export function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => path.join(folder, entry.name))
    .sort()
}
