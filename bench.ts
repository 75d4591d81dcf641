import { randomUUID } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { openInstallation, openLanguage, openMemory, type Language, type Outside } from "./app.ts"
import { createEngine } from "./bot/engine.ts"
import { type Channel, PLAIN_TEXT } from "./bot/message.ts"
import { vi } from "./bot/texts/conversation.ts"
import { communeOf } from "./bot/commune.ts"
import { atLeast, atMost, lineOf, type Row } from "./bench-budget.ts"
import { startChild } from "./bench-child.ts"
import { benchInbox } from "./bench-inbox.ts"
import { benchProcedures } from "./bench-procedures.ts"
import { benchRetrieval } from "./bench-retrieval.ts"
import { readConfig } from "./config.ts"
import { InvalidInputError } from "./errors.ts"
import { readDemo } from "./knowledge/demo.ts"
import { procedureItem, type KnowledgeItem } from "./knowledge/item.ts"
import { saveItems } from "./knowledge/store.ts"
import { percentile } from "./rag/benchmark/relevance.ts"
import { createRetriever } from "./rag/benchmark/retrieval.ts"
import { generatePassages, QUESTIONS } from "./rag/benchmark/generated.ts"

interface Io {
  readonly print: (text: string) => void
  readonly world: Outside
}

const PROCEDURES = 1000
const PASSAGES = 100_000
const ROUNDS = 40
const MESSAGES = 600

/** `bench [inbox | retrieval … | procedures … | documents …]`: the budgets of the product, or a comparison. */
export async function bench(args: readonly string[], io: Io): Promise<number> {
  const [mode, ...rest] = args
  if (mode === undefined) return benchBudgets(io)
  if (mode === "retrieval") return benchRetrieval(rest, io)
  if (mode === "inbox") return benchInbox(io)
  if (mode === "procedures") return benchProcedures(rest, io)
  // Its generated pages need a library that only development has.
  if (mode === "documents") return (await import("./bench-documents.ts")).benchDocuments(rest, io)
  throw new InvalidInputError(
    "Cách dùng: npm run bench [-- inbox | -- retrieval [THƯ_MỤC…] | -- procedures THỦ_TỤC.jsonl CÂU_HỎI.jsonl… | -- documents [TỆP…]]",
  )
}

/** The budgets of the product that can be measured on this machine, each with its figure. Exit code 1 when one is missed. */
async function benchBudgets({ print, world }: Io): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), "tro-ly-xa-bench-"))
  const language = await openLanguage(readConfig())
  const rows: Row[] = []
  const add = (measured: readonly Row[]) => {
    rows.push(...measured)
    for (const row of measured) print(lineOf(row))
  }
  try {
    add(await answering(path.join(folder, "procedures"), language, world))
    add(await searching(language))
    add(await conversing(path.join(folder, "inbox"), language, world))
    add(await serving(path.join(folder, "server")))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return rows.every((row) => row.met) ? 0 : 1
}

/** The demo procedures over and over under other codes and names, to the number that a commune has. */
async function manyProcedures(): Promise<KnowledgeItem[]> {
  const demo = await readDemo()
  const procedures = demo.flatMap((item) => (item.kind === "procedure" ? [item.body] : []))
  return Array.from({ length: PROCEDURES }, (_, i) => {
    const original = procedures[i % procedures.length]
    if (!original) throw new RangeError("no demo procedure")
    const round = Math.floor(i / procedures.length)
    if (round === 0) return procedureItem(original)
    return procedureItem({
      ...original,
      code: `9.${String(i).padStart(6, "0")}`,
      name: `${original.name} (trường hợp ${round})`,
      aliases: [],
    })
  })
}

async function answering(dataDir: string, language: Language, world: Outside): Promise<Row[]> {
  const memory = await openMemory({ dataDir }, world)
  await saveItems(memory.db, await manyProcedures(), { now: world.now(), newId: world.newId, demo: false, importedFrom: "bench" })
  await memory.db.$disconnect()
  const first = await openInstallation({ dataDir }, language, world)
  await first.close()
  const started = performance.now()
  const installation = await openInstallation({ dataDir }, await openLanguage(readConfig()), world)
  const startMs = performance.now() - started
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) for (const text of QUESTIONS) times.push((await installation.answer({ text })).ms)
  await installation.close()
  const perSecond = Math.round(first.index.indexed / (first.index.ms / 1000))
  return [
    atMost("khởi động với chỉ mục có sẵn của 1.000 thủ tục", startMs, { limit: 3000, unit: "ms" }),
    atMost("một câu trả lời, 1.000 thủ tục, p50", percentile(times, 0.5), { limit: 5, unit: "ms" }),
    atMost("một câu trả lời, 1.000 thủ tục, p99", percentile(times, 0.99), { limit: 25, unit: "ms" }),
    atLeast("lập chỉ mục", perSecond, { limit: 2000, unit: "đoạn/s" }),
  ]
}

async function searching(language: Language): Promise<Row[]> {
  const corpus = generatePassages(PASSAGES)
  const started = performance.now()
  const retriever = await createRetriever(corpus, language)
  const perSecond = PASSAGES / ((performance.now() - started) / 1000)
  const times: number[] = []
  for (let round = 0; round < ROUNDS / 4; round++) {
    for (const text of QUESTIONS) {
      const asked = performance.now()
      await retriever.search(text)
      times.push(performance.now() - asked)
    }
  }
  return [
    atMost("một lượt tìm, 100.000 đoạn, p99", percentile(times, 0.99), { limit: 60, unit: "ms" }),
    atLeast("lập chỉ mục 100.000 đoạn", Math.round(perSecond), { limit: 2000, unit: "đoạn/s" }),
  ]
}

async function conversing(dataDir: string, language: Language, world: Outside): Promise<Row[]> {
  const installation = await openInstallation({ dataDir }, language, world)
  const sent: string[] = []
  const channel = silentChannel(sent)
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const engine = createEngine({
    db: installation.db,
    answer: installation.answer,
    channels: [channel],
    texts: vi,
    commune: () => communeOf(installation.shelf.live()),
    logger: quiet,
    now: world.now,
    newId: world.newId,
    pseudonymKey: installation.dataDir.secrets.pseudonymKey,
  })
  await engine.start()
  const started = performance.now()
  const receipts = await Promise.all(
    Array.from({ length: MESSAGES }, (_, i) =>
      engine.accept([
        {
          type: "message",
          text: QUESTIONS[i % QUESTIONS.length] ?? "",
          dedupeKey: `m${i}`,
          // No divisor of the number of questions: whoever asks the same again and again is not answered each time.
          peer: { accountId: channel.accountId, peerId: `c${i % 151}` },
          sentAt: world.now(),
        },
      ]),
    ),
  )
  await Promise.all(receipts.flat().map((receipt) => engine.handled(receipt.eventId)))
  const perSecond = MESSAGES / ((performance.now() - started) / 1000)
  const answered = await installation.db.answer.count()
  await engine.stop()
  await installation.close()
  return [atLeast(`tin nhắn được lưu và trả lời (mất ${MESSAGES - answered})`, Math.round(perSecond), { limit: 200, unit: "tin/s" })]
}

function silentChannel(sent: string[]): Channel {
  return {
    accountId: "bench:1",
    capabilities: PLAIN_TEXT,
    disclosesAi: true,
    resendIsHarmless: true,
    exclusive: false,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    send: (message) => {
      sent.push(message.idempotencyKey)
      return Promise.resolve({ ok: true, partsSent: 1 })
    },
  }
}

/** The product itself in a process of its own: seconds to the first answer of a second start, and memory after some work. */
async function serving(dataDir: string): Promise<Row[]> {
  const first = await startChild(dataDir)
  await first.stop()
  const started = performance.now()
  const child = await startChild(dataDir)
  const startMs = performance.now() - started
  for (const text of QUESTIONS) {
    await fetch(`${child.url}api/chat`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text, conversationId: randomUUID() }),
    })
  }
  const metrics = await (await fetch(`${child.url}metrics`)).text()
  await child.stop()
  const bytes = Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1] ?? "0")
  return [
    atMost("chạy lại máy chủ đến khi sẵn sàng", startMs, { limit: 5000, unit: "ms" }),
    atMost("bộ nhớ máy chủ, dữ liệu minh họa", bytes / 1024 / 1024, { limit: 250, unit: "MB" }),
  ]
}
