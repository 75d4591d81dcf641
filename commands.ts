import { createReadStream, existsSync } from "node:fs"
import { openInstallation, openLanguage, openMemory, openTemporary, outside, type Outside } from "./app.ts"
import { makeAdminLink } from "./admin/staff/admin-link.ts"
import { hasAdmin } from "./admin/staff/people.ts"
import { renewSetupLink, setupPath } from "./admin/staff/setup-link.ts"
import { printAnswer } from "./bot/channels/terminal/print-answer.ts"
import { toPublicAnswer } from "./bot/public-answer.ts"
import { recordTerminalAnswer } from "./bot/channels/terminal/record-answer.ts"
import { chat } from "./chat.ts"
import { backupCommand, restoreCommand } from "./backup-commands.ts"
import { readConfig } from "./config.ts"
import { parse, questionOf } from "./arguments.ts"
import { InvalidInputError } from "./errors.ts"
import { readHome } from "./knowledge/home.ts"
import { createLogger } from "./logger.ts"
import { bench } from "./bench.ts"
import { evaluateFiles, retrieveFiles } from "./measure.ts"
import { readAudit } from "./prisma/audit.ts"
import { parseExport, readEvidence, verifyChain, type ChainItem } from "./prisma/evidence.ts"
import { doctor } from "./doctor.ts"
import { importKnowledge } from "./import.ts"
import { serve, siteOf } from "./serve.ts"

/** A command of the program: takes its arguments, gives the exit code. AppErrors are shown by main.ts in words. */
export type Command = (args: readonly string[]) => Promise<number>

const print = (text: string) => void process.stdout.write(`${text}\n`)

function world(): Outside {
  const logger = createLogger(readConfig().logLevel)
  return outside((error) => logger.error({ err: error }, "unexpected error"))
}

const start: Command = async () => {
  await serve(readConfig(), print)
  return 0
}

/** `ask -- "câu hỏi" [--json] [--knowledge FILE…]` */
const ask: Command = async (args) => {
  const given = parse(args, { json: "boolean" })
  const { text, knowledge } = questionOf(given, existsSync)
  if (text === "") throw new InvalidInputError('Cách dùng: npm run -s ask -- "câu hỏi" [--json] [--knowledge TỆP…]')
  const conversationId = world().newId()
  const answer = await answerOnce(text, knowledge)
  print(
    given.flags.has("json")
      ? JSON.stringify({ conversationId, answer: toPublicAnswer(answer) })
      : printAnswer(answer, { colour: process.stdout.isTTY }),
  )
  return 0
}

/** `chat`: a conversation in the terminal; what is typed may also come from a pipe. */
const talk: Command = async () => {
  const config = readConfig()
  const io = { input: process.stdin, write: (text: string) => void process.stdout.write(text), isTerminal: process.stdin.isTTY }
  await chat(config, { ...io, world: world(), logger: createLogger(config.logLevel) })
  return 0
}

async function answerOnce(text: string, knowledge: readonly string[] | undefined) {
  const config = readConfig()
  const now = world()
  const language = await openLanguage(config)
  if (knowledge) return (await openTemporary(knowledge, language, now)).answer({ text })
  const installation = await openInstallation(config, language, now)
  try {
    const answer = await installation.answer({ text })
    await recordTerminalAnswer(installation.db, answer, now.now())
    return answer
  } finally {
    await installation.close()
  }
}

/** `verify-log [-- EXPORTED.jsonl]`: the evidence and what staff did, or one exported chain. */
const verifyLog: Command = async (args) => {
  const { positionals } = parse(args, {})
  const [file] = positionals
  if (file) return tellVerdict("Nhật ký minh chứng", parseExport(createReadStream(file)))
  const { db } = await openMemory(readConfig(), world())
  try {
    const codes = [await tellVerdict("Nhật ký minh chứng", readEvidence(db)), await tellVerdict("Nhật ký thao tác", readAudit(db))]
    return Math.max(...codes)
  } finally {
    await db.$disconnect()
  }
}

async function tellVerdict(name: string, items: AsyncIterable<ChainItem>): Promise<number> {
  const verdict = await verifyChain(items)
  if (verdict.ok) print(`${name} nguyên vẹn: ${verdict.count} mục, mã cuối ${verdict.lastHash}.`)
  else process.stderr.write(`${name} bị hỏng ở mục ${verdict.brokenAt}: ${verdict.reason}\n`)
  return verdict.ok ? 0 : 1
}

/** `admin-link [-- ACCOUNT]`: a one-time link for when no administrator can sign in. */
const adminLink: Command = async (args) => {
  const [account = null] = parse(args, {}).positionals
  const config = readConfig()
  const { now, newId, report } = world()
  const { db } = await openMemory(config, { now, newId, report })
  try {
    const first = account === null && (await readHome(db)) === null && !(await hasAdmin(db))
    const path = first ? setupPath(await renewSetupLink(db, now())) : await makeAdminLink(db, { account, now: now(), newId })
    print(`Liên kết dùng một lần${first ? " để thiết lập" : ", trong 3 ngày"}: ${new URL(path, siteOf(config.http)).href}`)
    return 0
  } finally {
    await db.$disconnect()
  }
}

/** The commands by name, as `npm run` calls them. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  ask,
  chat: talk,
  import: (args) => importKnowledge(args, { print, world: world() }),
  "verify-log": verifyLog,
  eval: (args) => evaluateFiles(args, { print, world: world() }),
  retrieve: (args) => retrieveFiles(args, { print }),
  bench: (args) => bench(args, { print, world: world() }),
  "admin-link": adminLink,
  backup: (args) => backupCommand(args, { print, now: world().now }),
  restore: (args) => restoreCommand(args, { print, now: world().now }),
  doctor: async () => doctor(readConfig(), print),
}
