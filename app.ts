import path from "node:path"
import { v7 } from "uuid"
import { answerTexts } from "./bot/texts/answers.ts"
import type { Config } from "./config.ts"
import { InvalidInputError } from "./errors.ts"
import { makeBase, type KnowledgeBase } from "./knowledge/base.ts"
import { loadDemoOnce } from "./knowledge/demo.ts"
import { readKnowledgeFiles } from "./knowledge/import/import-files.ts"
import type { AliasLookup } from "./knowledge/import/read-file.ts"
import { createFileReader, type ReaderSettings } from "./knowledge/ingest/file-reader.ts"
import { KNOWLEDGE_FOLDER, loadAliases } from "./knowledge/lexicon.ts"
import { openDataDir, type DataDir } from "./prisma/data-dir.ts"
import { openDatabase, type Database } from "./prisma/database.ts"
import { migrate } from "./prisma/migrate.ts"
import { createAnswerQuestion } from "./rag/answer.ts"
import { loadPlaceNames } from "./rag/documents/places.ts"
import type { Embedder } from "./rag/embedder.ts"
import { createExplain, type Trial } from "./rag/explain.ts"
import { indexKnowledge, type IndexReport, type LiveKnowledge } from "./rag/live.ts"
import { createLocalEmbedder } from "./rag/local-embedder.ts"
import { contentsOf, openShelf, type Shelf } from "./rag/shelf.ts"
import type { AnswerQuestion } from "./rag/types.ts"
import { loadLexicon, type Lexicon } from "./rag/understand/lexicon.ts"
import { createReader, type Reading } from "./rag/understand/reading.ts"

/** What tests replace: the clock, ids, and where unexpected errors are reported. */
export interface Outside {
  readonly now: () => Date
  readonly newId: () => string
  readonly report: (error: unknown) => void
}

/** Ids begin with their time (UUID version 7, RFC 9562): rows that are written together then lie together in the database. */
export const outside = (report: Outside["report"]): Outside => ({ now: () => new Date(), newId: () => v7(), report })

/** The language tables and the embedder: what every command needs before any knowledge. */
export interface Language {
  readonly lexicon: Lexicon
  readonly read: (text: string) => Reading
  readonly placeNames: readonly string[]
  readonly embedder: Embedder
  /** Read when first asked for: only importing needs them. */
  readonly aliases: AliasLookup
  /** How files from outside are read. */
  readonly reading: ReaderSettings
}

export async function openLanguage(config: Pick<Config, "embeddings" | "reading">): Promise<Language> {
  const lexicon = loadLexicon()
  return {
    lexicon,
    read: createReader(lexicon),
    placeNames: loadPlaceNames(),
    embedder: await openEmbedder(config),
    aliases: lazily(() => loadAliases(KNOWLEDGE_FOLDER)),
    reading: config.reading,
  }
}

function lazily(load: () => AliasLookup): AliasLookup {
  let lookup: AliasLookup | null = null
  return (code) => (lookup ??= load())(code)
}

/** The client of an embeddings service takes half a second to load, so only those who configured one wait for it. */
async function openEmbedder({ embeddings }: Pick<Config, "embeddings">): Promise<Embedder> {
  if (!embeddings) return createLocalEmbedder()
  const { createEndpointEmbedder } = await import("./rag/models.ts")
  return createEndpointEmbedder(embeddings)
}

/** A memory with its knowledge, opened for answering. */
export interface Installation {
  readonly dataDir: DataDir
  readonly db: Database
  readonly shelf: Shelf
  readonly answer: AnswerQuestion
  readonly aside: Trial
  readonly index: IndexReport
  /** True when this start made the memory and loaded the demo commune. */
  readonly fresh: boolean
  close(): Promise<void>
}

/** Opens DATA_DIR: makes or migrates the database, loads the demo commune into an empty one, opens or builds the indexes. */
export async function openInstallation(config: Pick<Config, "dataDir">, language: Language, world: Outside): Promise<Installation> {
  const { dataDir, db } = await openMemory(config, world)
  const demo = await loadDemoOnce(db, { now: world.now(), newId: world.newId })
  const { shelf, report } = await openShelf({ db, folder: dataDir.index, ...language })
  const answer = answering(() => shelf.live(), language, world)
  const aside = asideOf(shelf, language, world)
  return { dataDir, db, shelf, answer, aside, index: report, fresh: demo !== null, close: () => db.$disconnect() }
}

/** Answering from knowledge that citizens are not told: indexed beside what is live, from what is read already. */
export const asideOf = (shelf: Pick<Shelf, "live">, language: Language, world: Outside): Trial => ({
  live: () => shelf.live(),
  read: language.read,
  index: async (base) => (await indexKnowledge(base, { ...language, previous: contentsOf(shelf.live().spaces) })).live,
  answer: (live) => answering(() => live, language, world),
  ask: (live, question) => createExplain({ ...language, ...world, live: () => live, texts: answerTexts })(question),
})

/** Opens DATA_DIR without its knowledge: for importing and for checking the evidence. */
export async function openMemory(config: Pick<Config, "dataDir">, world: Outside): Promise<{ dataDir: DataDir; db: Database }> {
  const dataDir = await openDataDir(config.dataDir)
  await migrate({
    file: dataDir.database,
    migrations: path.join(import.meta.dirname, "prisma", "migrations"),
    backups: dataDir.backups,
    now: world.now(),
  })
  return { dataDir, db: await openDatabase(dataDir.database) }
}

/** A knowledge base that lives only in memory, made from files. Throws InvalidInputError when a file is at fault. */
export async function openTemporary(
  files: readonly string[],
  language: Language,
  world: Outside,
): Promise<{ base: KnowledgeBase; live: LiveKnowledge; answer: AnswerQuestion; index: IndexReport }> {
  const { items, problems } = await readApart(files, language)
  if (items.length === 0) throw new InvalidInputError("Không đọc được mục nào từ các tệp kiến thức", problems)
  const base = makeBase(items, { version: 0, demo: false, home: null })
  const { live, report } = await indexKnowledge(base, language)
  return { base, live, answer: answering(() => live, language, world), index: report }
}

/** Reads files with a process of its own for what is no text, and ends it. */
async function readApart(files: readonly string[], { aliases, reading }: Pick<Language, "aliases" | "reading">) {
  const reader = createFileReader(reading)
  try {
    return await readKnowledgeFiles(files, { aliases, reader })
  } finally {
    await reader.close()
  }
}

function answering(live: () => LiveKnowledge, { read, embedder }: Language, { now, newId, report }: Outside): AnswerQuestion {
  return createAnswerQuestion({ live, read, embedder, texts: answerTexts, now, newId, report })
}
