import type { Transaction } from "../../prisma/database.ts"
import { draftOf, type Hand, saveDraft, type Saved } from "./drafts.ts"
import { storedRecord } from "./records.ts"

/** A wording of citizens and what a procedure's record makes of it: one of its names, or a sign that another matter is meant. */
export interface Wording {
  readonly code: string
  readonly list: "aliases" | "notFor"
  readonly phrase: string
}

/** `unknown`: there is no such procedure. `withdrawn`: its draft takes it away. `there`: the record has the wording already. */
export type Worded = Saved | { readonly outcome: "unknown" } | { readonly outcome: "withdrawn" } | { readonly outcome: "there" }

/** Puts a wording into the draft of a procedure's record, begun from what is told where there is none. */
export async function addWording(tx: Transaction, { code, list, phrase }: Wording, hand: Hand): Promise<Worded> {
  const name = { kind: "procedure", key: code } as const
  const draft = await draftOf(tx, name)
  const stored = await storedRecord(tx, name)
  if (draft?.withdraws === true || (!draft && stored?.told === false)) return { outcome: "withdrawn" }
  const item = draft?.item ?? stored?.item
  if (item?.kind !== "procedure") return { outcome: "unknown" }
  const known = item.body[list]
  if (known.some((wording) => sameWords(wording, phrase))) return { outcome: "there" }
  const body = { ...item.body, [list]: [...known, phrase] }
  return saveDraft(tx, { kind: "procedure", body, note: draft?.note ?? "", seen: draft?.version ?? null }, hand)
}

const sameWords = (a: string, b: string) => plain(a) === plain(b)
const plain = (text: string) =>
  text
    .normalize("NFC")
    .toLocaleLowerCase("vi")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
