import { type Draft, findDraft } from "../../knowledge/editing/drafts.ts"
import { publishDraftsWithin } from "../../knowledge/editing/publish.ts"
import { namesakeOf } from "../../knowledge/ingest/namesake.ts"
import { documentIn, itemsToTell, publishReadingWithin } from "../../knowledge/ingest/review.ts"
import type { SourceFile } from "../../knowledge/ingest/source-file.ts"
import type { Reading } from "../../knowledge/reading/reading.ts"
import { releaseNumber } from "../../knowledge/store.ts"
import type { Transaction } from "../../prisma/database.ts"
import { conflict, Refusal } from "../api/refusal.ts"
import type { Actor, AuditNote } from "../api/route.ts"
import type { CheckRow } from "../contract/publishing.ts"
import { openReading } from "../routes/document-review.ts"
import { refusals } from "../texts.ts"
import { secondForFile } from "./file-hands.ts"
import { namesOf, needsAnother, othersWhoMay } from "./second-person.ts"
import { publishingRefusals as texts } from "./texts.ts"

/** Who publishes, when and why. */
export interface Publishing {
  readonly actor: Pick<Actor, "id" | "name">
  readonly reason: string | null
  readonly now: Date
  readonly newId: () => string
}

/** What a check is of, as it still stands. */
export interface Subject {
  /** Why this person may not publish it; null where they may. */
  barred(tx: Transaction, actorId: string): Promise<Refusal | null>
  /** Publishes it as one release, whose number comes back with what is logged. Throws what the person must be told. */
  publish(tx: Transaction, publishing: Publishing): Promise<{ readonly release: number; readonly log: AuditNote }>
}

type Stored = Pick<CheckRow, "drafts" | "file" | "release">

/** What is to be published, unless it, or what is live, is no longer what was checked; then why not. */
export async function subjectOf(tx: Transaction, { drafts, file, release }: Stored): Promise<Subject | Refusal> {
  if ((await releaseNumber(tx)) !== release) return conflict(texts.releaseChanged)
  if (file) return fileSubject(tx, file)
  if (drafts.length === 0) return conflict(texts.nothing)
  const found: Draft[] = []
  for (const seen of drafts) {
    const draft = await findDraft(tx, seen)
    if (draft?.state !== "review") return conflict(texts.draftChanged)
    found.push(draft)
  }
  return draftsSubject(found)
}

const secondPerson = (names: string) => new Refusal({ status: 403, code: "second_person", message: texts.secondPerson(names) })

const draftsSubject = (drafts: readonly Draft[]): Subject => ({
  async barred(tx, actorId) {
    for (const draft of drafts) if (await needsAnother(tx, draft, actorId)) return secondPerson(await othersWhoMay(tx, draft))
    return null
  },
  async publish(tx, { actor, ...publishing }) {
    const release = await publishDraftsWithin(tx, drafts, { ...publishing, by: actor })
    if (release === null) throw conflict(texts.draftChanged)
    const details = { drafts: drafts.map(({ item }) => `${item.kind}:${item.key}`) }
    return { release, log: { kind: "publication.published", subject: `release:${release}`, details } }
  },
})

async function fileSubject(tx: Transaction, { id, version }: NonNullable<Stored["file"]>): Promise<Subject | Refusal> {
  const opened = await openReading(tx, id, version).catch((error: unknown) => {
    if (error instanceof Refusal) return error
    throw error
  })
  if (opened instanceof Refusal) return opened
  const { reading } = opened
  if (documentIn(reading) && reading.review?.confirmed !== true) return conflict(refusals.notConfirmed)
  const namesake = await namesakeOf(tx, opened)
  if (namesake?.choice === null) return conflict(refusals.namesake(namesake.document.title))
  return readSubject(opened)
}

const readSubject = ({ file, reading }: { file: SourceFile; reading: Reading }): Subject => {
  const compared = reading.review?.compared ?? false
  return {
    async barred(tx, actorId) {
      const who = await secondForFile(tx, { fileId: file.id, items: itemsToTell(reading, compared) })
      return who === null || who.includes(actorId) ? null : secondPerson(await namesOf(tx, who))
    },
    async publish(tx, { actor, ...publishing }) {
      const { added, changed, unchanged } = await publishReadingWithin(tx, { ...publishing, fileId: file.id, compared, by: actor.name })
      const release = await releaseNumber(tx)
      const details = { name: file.name, compared, added, changed, unchanged }
      return { release, log: { kind: "document.published", subject: `document:${file.id}`, details } }
    },
  }
}
