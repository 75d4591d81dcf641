import { createReadStream, existsSync } from "node:fs"
import { SingleBar } from "cli-progress"
import { openInstallation, openLanguage, openMemory, openTemporary, outside, type Outside } from "./app.ts"
import { printAnswer } from "./bot/channels/terminal/print-answer.ts"
import { toPublicAnswer } from "./bot/public-answer.ts"
import { recordTerminalAnswer } from "./bot/channels/terminal/record-answer.ts"
import { readConfig } from "./config.ts"
import { parse, questionOf } from "./arguments.ts"
import { InvalidInputError } from "./errors.ts"
import { importFiles } from "./knowledge/import/import-files.ts"
import { KNOWLEDGE_FOLDER } from "./knowledge/demo.ts"
import { loadAliases } from "./knowledge/lexicon.ts"
import { createLogger } from "./logger.ts"
import { bench } from "./bench.ts"
import { evaluateFiles, retrieveFiles } from "./measure.ts"
import { parseExport, readEvidence, verifyChain } from "./prisma/evidence.ts"
import { doctor } from "./doctor.ts"
import { serve } from "./serve.ts"

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

/** `import -- FILE… [--keep-going]` */
const importKnowledge: Command = async (args) => {
  const { flags, positionals } = parse(args, { "keep-going": "boolean" })
  if (positionals.length === 0) throw new InvalidInputError("Cách dùng: npm run import -- TỆP… [--keep-going]")
  const { now, newId, report } = world()
  const { db } = await openMemory(readConfig(), { now, newId, report })
  const bar = new SingleBar({ format: "Đang nhập {bar} {value}/{total}", clearOnComplete: true, hideCursor: true, noTTYOutput: false })
  try {
    const result = await importFiles(db, positionals, {
      keepGoing: flags.has("keep-going"),
      aliases: loadAliases(KNOWLEDGE_FOLDER),
      now: now(),
      newId,
      onProgress: (done, total) => (done === 1 ? bar.start(total, 1) : bar.update(done)),
    })
    bar.stop()
    for (const problem of result.problems) process.stderr.write(`Bỏ qua – ${problem}\n`)
    print(
      `Mới ${result.added}, thay đổi ${result.changed}, giữ nguyên ${result.unchanged}${result.withdrawn > 0 ? `, thôi dùng ${result.withdrawn} mục minh họa` : ""}.`,
    )
    return result.problems.length > 0 ? 1 : 0
  } finally {
    bar.stop()
    await db.$disconnect()
  }
}

/** `verify-log [-- EXPORTED.jsonl]` */
const verifyLog: Command = async (args) => {
  const { positionals } = parse(args, {})
  const [file] = positionals
  const memory = file ? null : await openMemory(readConfig(), world())
  try {
    const verdict = await verifyChain(memory ? readEvidence(memory.db) : parseExport(createReadStream(file ?? "")))
    if (verdict.ok) print(`Nhật ký minh chứng nguyên vẹn: ${verdict.count} mục, mã cuối ${verdict.lastHash}.`)
    else process.stderr.write(`Nhật ký minh chứng bị hỏng ở mục ${verdict.brokenAt}: ${verdict.reason}\n`)
    return verdict.ok ? 0 : 1
  } finally {
    await memory?.db.$disconnect()
  }
}

/** The commands by name, as `npm run` calls them. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  ask,
  import: importKnowledge,
  "verify-log": verifyLog,
  eval: (args) => evaluateFiles(args, { print, world: world() }),
  retrieve: (args) => retrieveFiles(args, { print }),
  bench: (args) => bench(args, { print, world: world() }),
  doctor: async () => doctor(readConfig(), print),
}
