import { isDeepStrictEqual } from "node:util"
import type { KnowledgeItem } from "../item.ts"

/** What citizens pay and how long they wait, by way of handing in. */
function figuresOf(item: KnowledgeItem | null): unknown {
  if (item?.kind !== "procedure") return { methods: [], sameDay: false }
  const { methods, sameDay } = item.body
  const told = methods.filter(({ fees, time }) => fees.length > 0 || time !== null)
  return { methods: told.map(({ channel, fees, time }) => ({ channel, fees, time })), sameDay }
}

/** True when a fee or a time limit would be told otherwise, or for the first time. */
export const touchesFigures = (before: KnowledgeItem | null, after: KnowledgeItem): boolean =>
  !isDeepStrictEqual(figuresOf(before), figuresOf(after))

const SCALES: Readonly<Record<string, number>> = { nghìn: 1e3, ngàn: 1e3, triệu: 1e6, tỷ: 1e9, tỉ: 1e9 }
const SAID = /(\d+(?:[.,\s]\d{3})+|\d+(?:,\d+)?)\s*(nghìn|ngàn|triệu|tỷ|tỉ)?/giu

/** The numbers that a Vietnamese wording tells in digits: "8.000 đồng", "1,5 triệu đồng". */
function numbersSaid(text: string): number[] {
  return [...text.normalize("NFC").matchAll(SAID)].map(([, digits = "", scale = ""]) => {
    const grouped = /[.,\s]\d{3}(?!\d)/.test(digits)
    return Number(grouped ? digits.replace(/\D/g, "") : digits.replace(",", ".")) * (SCALES[scale.toLowerCase()] ?? 1)
  })
}

/** True unless the wording tells numbers and this is none of them; a wording without digits is a person's matter. */
function isSaid(amount: number | null, text: string): boolean {
  const said = numbersSaid(text)
  return amount === null || said.length === 0 || said.some((number) => Math.abs(number - amount) < 1e-6)
}

/**
 * Amounts that are not what the wording beside them says, by the path of their field. Only what staff change is looked at: a
 * record that came so from a file is not held against somebody who adds a name to it.
 */
export function figureFaults(before: KnowledgeItem | null, after: KnowledgeItem): Readonly<Record<string, string>> {
  if (after.kind !== "procedure") return {}
  const told = before?.kind === "procedure" ? before.body.methods.flatMap(({ fees, time }): unknown[] => [...fees, time]) : []
  const isNew = (figure: unknown) => !told.some((known) => isDeepStrictEqual(known, figure))
  const wrong = after.body.methods.flatMap(({ fees, time }, i) => [
    ...fees.flatMap((fee, j) => (isNew(fee) && !isSaid(fee.amount, fee.text) ? [`methods.${i}.fees.${j}.amount`] : [])),
    ...(time && isNew(time) && !isSaid(time.amount, time.text) ? [`methods.${i}.time.amount`] : []),
  ])
  return Object.fromEntries(wrong.map((field) => [field, NOT_SAID]))
}

const NOT_SAID = "không khớp với con số trong nguyên văn bên cạnh; xin sửa một trong hai"

interface Hands {
  readonly createdBy: string
  readonly changedBy: { readonly id: string }
}

/**
 * Who, of those who may publish, may publish a draft that touches figures: neither the last hand on it nor whoever began it.
 * Where only these two may publish, whoever began it is the second person to the last hand; who is alone publishes alone.
 */
export function secondPersons({ createdBy, changedBy }: Hands, publishers: readonly string[]): readonly string[] {
  if (publishers.length < 2) return publishers
  const others = publishers.filter((id) => id !== changedBy.id)
  const strangers = others.filter((id) => id !== createdBy)
  return strangers.length > 0 ? strangers : others
}
