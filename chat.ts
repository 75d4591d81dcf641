import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { createInterface } from "node:readline"
import type { Readable } from "node:stream"
import { setTimeout as sleep } from "node:timers/promises"
import { type Installation, openInstallation, openLanguage, openMemory, type Outside } from "./app.ts"
import { createTerminalChannel } from "./bot/channels/terminal/channel.ts"
import { recordTerminalAnswer } from "./bot/channels/terminal/record-answer.ts"
import { communeOf } from "./bot/commune.ts"
import { createEngine, type Engine } from "./bot/engine.ts"
import { vi } from "./bot/texts/conversation.ts"
import { terminalTexts } from "./bot/texts/terminal.ts"
import type { Config } from "./config.ts"
import type { Logger } from "./logger.ts"
import type { Database } from "./prisma/database.ts"
import type { AnswerQuestion } from "./rag/types.ts"

interface Io {
  readonly input: Readable
  readonly write: (text: string) => void
  /** True when a person sits there, who needs to see where to type. */
  readonly isTerminal: boolean
  readonly world: Outside
  readonly logger: Logger
}

const ACCOUNT = "terminal"
const PEER = "day"
const END = "/ket-thuc"
const LOOK_MS = 10

/**
 * A conversation in the terminal with the knowledge of the installation, until `/ket-thuc` or the end of the input. It keeps
 * itself in a memory of its own, gone afterwards, so a server may run meanwhile and never takes it for one of its own; only
 * the answers go into the installation, as those of `ask` do.
 */
export async function chat(config: Config, io: Io): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "tro-ly-xa-chat-"))
  const installation = await openInstallation(config, await openLanguage(config), io.world)
  const { db } = await openMemory({ dataDir: folder }, io.world)
  const engine = engineOf(db, installation, io)
  try {
    await engine.start()
    await converse(engine, db, io)
  } finally {
    await engine.stop()
    await db.$disconnect()
    await installation.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function engineOf(db: Database, installation: Installation, { write, world, logger }: Io): Engine {
  const answer: AnswerQuestion = async (question) => {
    const given = await installation.answer(question)
    await recordTerminalAnswer(installation.db, given, world.now())
    return given
  }
  return createEngine({
    db,
    answer,
    channels: [createTerminalChannel({ accountId: ACCOUNT, texts: vi, write })],
    texts: vi,
    commune: () => communeOf(installation.shelf.live()),
    logger,
    now: world.now,
    newId: world.newId,
    pseudonymKey: installation.dataDir.secrets.pseudonymKey,
  })
}

async function converse(engine: Engine, db: Database, { input, write, isTerminal, world }: Io): Promise<void> {
  const lines = createInterface({ input, ...(isTerminal ? { output: process.stdout, prompt: terminalTexts.prompt } : {}) })
  const ask = () => {
    if (isTerminal) lines.prompt()
  }
  write(`${terminalTexts.welcome}\n\n`)
  ask()
  for await (const line of lines) {
    const text = line.trim()
    if (text === END) break
    if (text !== "") {
      const event = {
        type: "message",
        text,
        dedupeKey: world.newId(),
        peer: { accountId: ACCOUNT, peerId: PEER },
        sentAt: world.now(),
      } as const
      for (const { eventId } of await engine.accept([event])) await engine.handled(eventId)
      await allSaid(db)
    }
    ask()
  }
  lines.close()
  write(`${terminalTexts.goodbye}\n`)
}

/** Resolves when nothing waits to be said. */
async function allSaid(db: Database): Promise<void> {
  while ((await db.outboxMessage.count({ where: { state: { in: ["pending", "sending"] } } })) > 0) await sleep(LOOK_MS)
}
