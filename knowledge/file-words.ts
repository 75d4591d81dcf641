import type { JsonObject } from "../prisma/database.ts"
import { digestOf, procedureItem, type KnowledgeItem } from "./item.ts"
import { documentSchema } from "./document.ts"
import { noticeSchema } from "./notice.ts"
import { procedureSchema, type Procedure } from "./procedure.ts"

/** What is known of a record before a file speaks of it again. */
export interface Before {
  /** As it is told, or was told last. */
  readonly ours: KnowledgeItem
  /** As the last file had it; null where none ever did. */
  readonly file: KnowledgeItem | null
}

/** `kept`: what staff wrote stands, because the file says nothing new. `overruled`: the file says something new, and is told. */
export interface Merged {
  readonly item: KnowledgeItem
  /** What the file said, where that is not what is told. */
  readonly given: KnowledgeItem | null
  readonly outcome: "as_given" | "kept" | "overruled"
}

/**
 * A file changes what the file changed. What it says as it said it last time is no news, so what staff made of it stands; what
 * it says anew is told as a whole, because no mixture of two texts was ever published by anybody. The commune's own words about
 * a procedure (names, mutes, the same-day flag) are merged one by one: staff's additions and removals outlast every file.
 */
export function mergeFile(said: KnowledgeItem, { ours, file }: Before): Merged {
  const given = spoken(said, file)
  const saysNothingNew = file !== null && isSame(withoutOwn(given), withoutOwn(file))
  const keeps = saysNothingNew || isLessCertain(given, ours)
  const edited = !isSame(withoutOwn(ours), withoutOwn(file ?? given))
  const item = withOwnOf(keeps ? ours : given, { given, ours, file })
  const asGiven = isSame(item, given)
  return { item, given: asGiven ? null : given, outcome: keeps && !asGiven ? "kept" : edited && !keeps ? "overruled" : "as_given" }
}

const isSame = (a: KnowledgeItem, b: KnowledgeItem) => digestOf(a) === digestOf(b)

/** Text of a scan that nobody compared never takes the place of one that somebody did. */
const isLessCertain = (given: KnowledgeItem, ours: KnowledgeItem) =>
  ours.kind === "document" && given.kind === "document" && ours.body.verified && !given.body.verified

type Own = Pick<Procedure, "aliases" | "notFor" | "sameDay">
const NOTHING: Own = { aliases: [], notFor: [], sameDay: false }

const ownOf = (item: KnowledgeItem | null): Own => (item?.kind === "procedure" ? item.body : NOTHING)

const withoutOwn = (item: KnowledgeItem): KnowledgeItem => (item.kind === "procedure" ? procedureItem({ ...item.body, ...NOTHING }) : item)

/** The portal knows nothing of the commune's own words: what its file leaves out, it does not deny. */
function spoken(said: KnowledgeItem, file: KnowledgeItem | null): KnowledgeItem {
  if (said.kind !== "procedure" || !said.portal) return said
  const { aliases, notFor, sameDay } = ownOf(file)
  return { ...said, body: { ...said.body, notFor, sameDay, aliases: [...new Set([...aliases, ...said.body.aliases])] } }
}

function withOwnOf(item: KnowledgeItem, { given, ours, file }: Before & { readonly given: KnowledgeItem }): KnowledgeItem {
  if (item.kind !== "procedure") return item
  const [now, last, next] = [ownOf(ours), ownOf(file), ownOf(given)]
  const own: Own = {
    aliases: mergeList(next.aliases, { ours: now.aliases, file: last.aliases }),
    notFor: mergeList(next.notFor, { ours: now.notFor, file: last.notFor }),
    sameDay: now.sameDay === last.sameDay ? next.sameDay : now.sameDay,
  }
  return { ...procedureItem({ ...item.body, ...own }) }
}

interface Lists {
  readonly ours: readonly string[]
  readonly file: readonly string[]
}

/** What staff added stays, what they took out stays out; of the rest the file decides. */
function mergeList(next: readonly string[], { ours, file }: Lists): string[] {
  const stays = (word: string) => next.includes(word) || !file.includes(word)
  const takenOut = (word: string) => file.includes(word) && !ours.includes(word)
  return [...new Set([...ours.filter(stays), ...next.filter((word) => !takenOut(word))])]
}

const PARSERS = {
  procedure: (body: unknown) => procedureSchema.parse(body),
  document: (body: unknown) => documentSchema.parse(body),
  notice: (body: unknown) => noticeSchema.parse(body),
} as const

/** A stored wording with what is stored beside it: null where the wording is the file's own, {} where no file ever spoke. */
export function beforeOf(item: Pick<KnowledgeItem, "kind" | "key">, stored: { readonly body: unknown; readonly given: unknown }): Before {
  const read = (body: unknown) => ({ kind: item.kind, key: item.key, body: PARSERS[item.kind](body) }) as KnowledgeItem
  const ours = read(stored.body)
  if (stored.given === null || stored.given === undefined) return { ours, file: ours }
  return { ours, file: Object.keys(stored.given).length === 0 ? null : read(stored.given) }
}

/** What is stored beside a wording that staff write: what the last file said, so that the next one can be compared with it. */
export const givenBefore = (stored: { readonly body: unknown; readonly given: unknown } | undefined): JsonObject =>
  (stored === undefined ? {} : (stored.given ?? stored.body)) as JsonObject
