interface Named {
  readonly name: string
  readonly label: string
  readonly hint?: string
}

interface Option {
  readonly value: string
  readonly label: string
}

/** One field of a typed record as a form shows it; a table of these is the form. */
export type Spec =
  /** `nullable`: empty is kept as null. `fixed`: only a new record may have it changed. */
  | (Named & { readonly kind: "text"; readonly rows?: number; readonly nullable?: true; readonly fixed?: true })
  /** Empty is null. */
  | (Named & { readonly kind: "number" })
  | (Named & { readonly kind: "flag" })
  | (Named & { readonly kind: "day" })
  /** `none`: it may be left open, which is null. */
  | (Named & { readonly kind: "choice"; readonly options: readonly Option[]; readonly none?: string })
  | (Named & { readonly kind: "choices"; readonly options: readonly Option[] })
  | (Named & { readonly kind: "lines"; readonly item: string; readonly add: string; readonly rows?: number })
  /** With `blank` it may be missing, which is null. */
  | (Named & { readonly kind: "group"; readonly fields: readonly Spec[]; readonly blank?: object })
  | (Named & {
      readonly kind: "list"
      readonly item: string
      readonly add: string
      readonly blank: object
      readonly fields: readonly Spec[]
    })

export type Body = Readonly<Record<string, unknown>>

type Path = readonly string[]

/** The value at a path such as "methods.0.fees.1.amount". */
export const valueAt = (body: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[name], body)

/** The record with another value at the path; everything beside it is the same. */
export const withValue = (body: Body, path: string, value: unknown): Body => put(body, path.split("."), value) as Body

function put(whole: unknown, [name = "", ...rest]: Path, value: unknown): unknown {
  if (Array.isArray(whole)) return whole.map((item: unknown, i) => (String(i) === name ? inner(item, rest, value) : item))
  const record = whole as Body
  return { ...record, [name]: inner(record[name], rest, value) }
}

const inner = (item: unknown, rest: Path, value: unknown) => (rest.length === 0 ? value : put(item, rest, value))

/** What a path is called in the form: "Cách nộp 1 › Khoản thu 2 › Số tiền". */
export function labelOf(path: string, fields: readonly Spec[]): string {
  const [name, ...rest] = path.split(".")
  const spec = fields.find((field) => field.name === name)
  if (!spec) return path
  if (rest.length === 0) return spec.label
  if (spec.kind === "group") return `${spec.label} › ${labelOf(rest.join("."), spec.fields)}`
  if (spec.kind !== "list" && spec.kind !== "lines") return spec.label
  const [index, ...inside] = rest
  const item = `${spec.item} ${Number(index) + 1}`
  return spec.kind === "list" && inside.length > 0 ? `${item} › ${labelOf(inside.join("."), spec.fields)}` : item
}

/** What a value is called in the form: an option by its label, "có" and "không", figures and words as they are. */
export function wordOf(path: string, value: string | number | boolean | null, fields: readonly Spec[]): string {
  if (value === null) return "(để trống)"
  if (typeof value === "boolean") return value ? "có" : "không"
  const spec = specAt(path.split("."), fields)
  const option = spec && "options" in spec ? spec.options.find((known) => known.value === value) : undefined
  return option?.label ?? (typeof value === "number" ? value.toLocaleString("vi-VN") : value)
}

function specAt([name, ...rest]: Path, fields: readonly Spec[]): Spec | undefined {
  const spec = fields.find((field) => field.name === name)
  const below = spec?.kind === "list" ? rest.slice(1) : rest
  return spec && "fields" in spec && below.length > 0 ? specAt(below, spec.fields) : spec
}
