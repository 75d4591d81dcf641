import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { onTestFinished } from "vitest"
import type { Engine } from "../../bot/engine.ts"
import { createEngine, type EngineDependencies } from "../../bot/engine.ts"
import type { Logger } from "../../bot/logger.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { type Database, openDatabase } from "../../prisma/database.ts"
import { migrate } from "../../prisma/migrate.ts"
import type { Answer, AnswerQuestion, Question } from "../../rag/types.ts"

export const PSEUDONYM_KEY = "A".repeat(43)
export const COMMUNE = {
  name: "Ủy ban nhân dân xã Thử Nghiệm",
  hotline: "0225 000 000",
  hours: "thứ Hai đến thứ Sáu, 7 giờ 30 đến 16 giờ 30",
  disclosure: "Đây là trợ lý ảo của Ủy ban nhân dân xã Thử Nghiệm (trả lời tự động, có sử dụng trí tuệ nhân tạo).",
}
export const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
export const MIGRATIONS = path.join(import.meta.dirname, "../../prisma/migrations")

let ids = 0
export const newId = () => `id-${process.pid}-${(ids += 1)}`

/** An answer as rag would give it, with only what a test cares about spelt out. */
export function answerOf(question: Question, given: Partial<Answer> = {}): Answer {
  return {
    id: newId(),
    status: "answered",
    text: `Trả lời: ${question.text}`,
    fields: {},
    candidates: [],
    citations: [],
    choices: [],
    ms: 1,
    documents: [],
    maskedQuestion: question.text,
    trace: [],
    context: null,
    knowledgeVersion: 1,
    model: null,
    ...given,
  }
}

export interface FakeAnswer {
  readonly answer: AnswerQuestion
  readonly asked: Question[]
}

/** Stands for rag: says what `given` says, else repeats the question. */
export function fakeAnswer(given: (question: Question) => Partial<Answer> | Promise<Partial<Answer>> = () => ({})): FakeAnswer {
  const asked: Question[] = []
  const answer: AnswerQuestion = async (question) => {
    asked.push(question)
    return answerOf(question, await given(question))
  }
  return { answer, asked }
}

/** A folder of its own for one test, gone afterwards. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "tro-ly-xa-bot-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A migrated database file of its own for one test. */
export async function databaseFile(): Promise<string> {
  const folder = await temporaryFolder()
  const file = path.join(folder, "test.db")
  await migrate({ file, migrations: MIGRATIONS, backups: folder, now: new Date() })
  return file
}

export async function openTestDatabase(file?: string): Promise<Database> {
  const db = await openDatabase(file ?? (await databaseFile()))
  onTestFinished(() => db.$disconnect())
  return db
}

/** A started engine that is stopped after the test. */
export async function startEngine(
  given: Pick<EngineDependencies, "db" | "answer" | "channels"> & Partial<EngineDependencies>,
): Promise<Engine> {
  const engine = createEngine({
    texts,
    commune: () => COMMUNE,
    logger: silent,
    now: () => new Date(),
    newId,
    pseudonymKey: PSEUDONYM_KEY,
    ...given,
  })
  await engine.start()
  onTestFinished(() => engine.stop())
  return engine
}
