import { randomInt, randomUUID } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { openMemory, type Outside } from "./app.ts"
import { atLeast, atMost, lineOf, type Row } from "./bench-budget.ts"
import { type Child, startChild } from "./bench-child.ts"
import { judge, type Verdict } from "./bench-inbox-verdict.ts"
import { openPlatform, type Platform } from "./bench-platform.ts"
import type { PublicAnswer } from "./bot/public-answer.ts"
import type { Database } from "./prisma/database.ts"
import { readEvidence, verifyChain } from "./prisma/evidence.ts"
import { percentile } from "./rag/benchmark/relevance.ts"

interface Io {
  readonly print: (text: string) => void
  readonly world: Outside
}

/** Each names its matter, so that its answer is the same whatever was asked before. */
const QUESTIONS = [
  "làm giấy khai sinh cho con cần những giấy tờ gì",
  "dang ky ket hon mat bao nhieu tien",
  "mẹ tôi 82 tuổi không có lương hưu có được trợ cấp không",
  "mo quan ban hang an phai dang ky gi",
  "tách hộ mất mấy ngày",
]
const TOKEN = "1000000:bench"
const WARM_UP = 400
const MESSAGES = 3000
/** Written but not yet answered, in the first part: more would only wait longer. */
const AT_ONCE = 100
const KILLS = 10
const LIVES_MS = { least: 300, most: 4000 }
/** In the second part citizens write on while the product is down. */
const MOST_A_SECOND = 100
const TICK_MS = 20
/** Nothing more is waited for when nothing has been sent for so long. */
const STUCK_MS = 60_000

/** `bench -- inbox`: messages a second through the whole product, then the same promises under ten kills. Exit code 1 when one is broken. */
export async function benchInbox({ print, world }: Io): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), "tro-ly-xa-bench-"))
  const rows: Row[] = []
  const run = async (name: string, load: Load) => {
    print(`\n${name}`)
    const measured = await part(path.join(folder, String(rows.length)), { load, print, world })
    for (const row of measured) print(lineOf(row))
    rows.push(...measured)
  }
  let perSecond = 0
  try {
    await run(`${MESSAGES} tin nhắn liên tục, ${AT_ONCE} tin chờ trả lời cùng lúc`, async (scene) => {
      perSecond = await throughput(scene)
      return [atLeast("tin nhắn được lưu và trả lời", Math.round(perSecond), { limit: 200, unit: "tin/s" })]
    })
    // What comes while the product is down must be made up for afterwards.
    const aSecond = Math.ceil(Math.min(MOST_A_SECOND, perSecond / 3))
    await run(`${KILLS} lần giết tiến trình bằng kill -9 giữa lúc ${aSecond} tin/s đang đến`, async (scene) => {
      await kills(scene, { aSecond, print })
      return []
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return rows.every(({ met }) => met) ? 0 : 1
}

/** What goes on while messages come; returns the budgets that only this part has. */
type Load = (scene: Scene) => Promise<readonly Row[]>

interface Scene {
  readonly platform: Platform
  /** The next citizen asks their next question. */
  readonly ask: () => void
  /** How many answers have come to citizens. */
  readonly sent: () => number
  readonly child: () => Child
  readonly restart: () => Promise<void>
}

async function part(dataDir: string, { load, print, world }: Io & { load: Load }): Promise<readonly Row[]> {
  let sent = 0
  const answers = new Map<string, string>()
  const isAnswer = (text: string) => [...answers.values()].some((answer) => text.startsWith(answer))
  const platform = await openPlatform(TOKEN, ({ text }) => (sent += isAnswer(text) ? 1 : 0))
  const start = () => startChild(dataDir, { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: platform.root, BACKUP_NIGHTLY: "off" })
  let child = await start()
  for (const question of QUESTIONS) answers.set(question, (await askOnPage(child.url, question)).text)
  const scene: Scene = {
    platform,
    ask: asker(platform),
    sent: () => sent,
    child: () => child,
    async restart() {
      await child.kill()
      child = await start()
    },
  }
  const own = await load(scene)
  await quiet(scene)
  await child.stop()
  await platform.close()
  const { db } = await openMemory({ dataDir }, world)
  try {
    const verdict = judge({ ...platform, answers, ...(await kept(db)) })
    print(wordsOf(verdict))
    return [...own, ...(await promises(db, platform, verdict))]
  } finally {
    await db.$disconnect()
  }
}

/** Many citizens, each of whom asks everything once, in turns, so that neighbours are different chats. */
function asker({ says }: Platform): () => void {
  const CHATS = 200
  let asked = 0
  return () => {
    const turn = Math.floor(asked / CHATS)
    const chat = Math.floor(turn / QUESTIONS.length) * CHATS + (asked % CHATS)
    asked += 1
    says(1000 + chat, QUESTIONS[turn % QUESTIONS.length] ?? "")
  }
}

async function askOnPage(url: string, text: string): Promise<PublicAnswer> {
  const body = JSON.stringify({ text, conversationId: randomUUID() })
  const response = await fetch(`${url}api/chat`, { method: "POST", headers: { "content-type": "application/json" }, body })
  return ((await response.json()) as { answer: PublicAnswer }).answer
}

/** As many messages as the product can take: the next is written when one has been answered. */
async function throughput({ platform, ask, sent }: Scene): Promise<number> {
  const run = async (until: number) => {
    while (sent() < until) {
      while (platform.handed.length < until && platform.handed.length - sent() < AT_ONCE) ask()
      await sleep(1)
    }
  }
  // The first hundreds find caches cold.
  await run(WARM_UP)
  const started = performance.now()
  await run(WARM_UP + MESSAGES)
  return MESSAGES / ((performance.now() - started) / 1000)
}

/** Messages come all the time; the process dies at random moments and is started again. */
async function kills({ ask, restart, child }: Scene, { aSecond, print }: Pick<Io, "print"> & { aSecond: number }): Promise<void> {
  const started = performance.now()
  let asked = 0
  const writing = setInterval(() => {
    const due = ((performance.now() - started) / 1000) * aSecond
    for (; asked < due; asked += 1) ask()
  }, TICK_MS)
  try {
    for (let n = 1; n <= KILLS; n += 1) {
      await sleep(randomInt(LIVES_MS.least, LIVES_MS.most))
      const waiting = await backlog(child().url)
      await restart()
      print(`  lần ${n}: ngay trước đó ${waiting} việc đang chờ`)
    }
    await sleep(LIVES_MS.most)
  } finally {
    clearInterval(writing)
  }
}

/** Rows that wait to be handled or to be sent. */
async function backlog(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}metrics`)).text()
  return ["inbox", "outbox"]
    .map((queue) => Number(new RegExp(`^tlx_backlog{queue="${queue}"} (\\d+)$`, "m").exec(metrics)?.[1]))
    .reduce((a, b) => a + b)
}

/** Waits until everything was fetched, handled and sent, as long as anything moves. */
async function quiet({ platform, child, sent }: Scene): Promise<void> {
  let moved = { at: performance.now(), sent: sent() }
  while (performance.now() - moved.at < STUCK_MS) {
    if (sent() > moved.sent) moved = { at: performance.now(), sent: sent() }
    if (platform.handed.every(({ acceptedAt }) => acceptedAt !== null) && (await backlog(child().url)) === 0) return
    await sleep(100)
  }
}

/** What the product itself wrote down of messages whose arrival it cannot know, and what it says beside answers. */
async function kept(db: Database) {
  const rows = await db.outboxMessage.findMany({ select: { idempotencyKey: true, state: true }, orderBy: { createdAt: "asc" } })
  // Of what one event leads to, the answer is said last.
  const last = new Map(rows.map(({ idempotencyKey, state }) => [idempotencyKey.split(":")[0] ?? "", state]))
  const events = await db.inboxEvent.findMany({ select: { id: true, dedupeKey: true, state: true } })
  const updates = (chosen: (event: { id: string; state: string }) => boolean) =>
    new Set(events.filter(chosen).map(({ dedupeKey }) => Number(dedupeKey.split(":")[1])))
  const said = await db.message.findMany({ where: { direction: "out", answerId: null }, distinct: ["text"], select: { text: true } })
  return {
    unknown: updates(({ id }) => last.get(id) === "unknown"),
    waiting: updates(({ id, state }) => state === "pending" || last.get(id) === "pending"),
    courtesies: new Set(said.map(({ text }) => text)),
  }
}

async function promises(db: Database, { handed }: Platform, verdict: Verdict): Promise<readonly Row[]> {
  const none = (what: string, value: number) => atMost(what, value, { limit: 0, unit: "tin" })
  const chain = await verifyChain(readEvidence(db))
  return [
    none("tin không được nhận", handed.length - verdict.accepted),
    none("tin mất", verdict.lost),
    none("tin chưa kịp trả lời", verdict.waiting),
    none("tin trả lời hai lần", verdict.twice),
    none("câu trả lời sai thứ tự trong một cuộc trò chuyện", verdict.disordered),
    none("tin gửi đi mà không ai hỏi", verdict.strange),
    none("mục minh chứng hỏng", chain.ok ? 0 : 1),
  ]
}

function wordsOf({ accepted, answered, lost, waiting, twice, fromAccepted, fromSaid, ...verdict }: Verdict): string {
  const spread = (times: readonly number[]) => `p50 ${Math.round(percentile(times, 0.5))} ms, p95 ${Math.round(percentile(times, 0.95))} ms`
  return [
    `  đã nhận ${accepted}, đã trả lời ${answered}, mất ${lost}, còn chờ ${waiting}, trả lời hai lần ${twice}`,
    `  không rõ đã đến hay chưa ${verdict.unknown}: trong đó đã đến ${verdict.unknownArrived}, đến hai lần ${verdict.unknownTwice}`,
    `  từ lúc nhận đến lúc gửi: ${spread(fromAccepted)}; từ lúc người dân viết: ${spread(fromSaid)}`,
  ].join("\n")
}
