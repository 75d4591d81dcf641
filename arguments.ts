import { parseArgs } from "node:util"
import { InvalidInputError } from "./errors.ts"

export interface Arguments {
  readonly positionals: readonly string[]
  /** Options that were given without a value. */
  readonly flags: ReadonlySet<string>
  readonly values: ReadonlyMap<string, string>
  /** Every path after `--knowledge` up to the next option; undefined without that option. */
  readonly knowledge: readonly string[] | undefined
}

/** Reads the arguments of a command. Throws InvalidInputError for an option that it does not have. */
export function parse(args: readonly string[], options: Readonly<Record<string, "boolean" | "string">>): Arguments {
  const { list, rest } = listAfter(args, "--knowledge")
  const table = Object.fromEntries(Object.entries(options).map(([name, type]) => [name, { type }]))
  try {
    const { values, positionals } = parseArgs({ args: rest, options: table, allowPositionals: true, strict: true })
    const given = Object.entries(values)
    return {
      positionals,
      flags: new Set(given.flatMap(([name, value]) => (value === true ? [name] : []))),
      values: new Map(given.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []))),
      knowledge: list,
    }
  } catch (error) {
    throw new InvalidInputError(`Tham số chưa đúng: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/**
 * The question of `ask`: the words beside the options, or, when a list of paths swallowed it, the last of them that is no
 * file.
 */
export function questionOf(
  { positionals, knowledge }: Arguments,
  isFile: (path: string) => boolean,
): { text: string; knowledge: readonly string[] | undefined } {
  const text = positionals.join(" ").trim()
  const last = knowledge?.at(-1)
  if (text !== "" || last === undefined || isFile(last)) return { text, knowledge }
  return { text: last, knowledge: knowledge?.slice(0, -1) }
}

function listAfter(args: readonly string[], option: string): { list: string[] | undefined; rest: string[] } {
  const list: string[] = []
  const rest: string[] = []
  let inside = false
  for (const arg of args) {
    if (arg === option || arg.startsWith(`${option}=`)) {
      inside = true
      if (arg !== option) list.push(arg.slice(option.length + 1))
    } else if (arg.startsWith("--")) {
      inside = false
      rest.push(arg)
    } else (inside ? list : rest).push(arg)
  }
  return { list: inside || list.length > 0 ? list : undefined, rest }
}
