// A bot that hangs while it answers, so that it can be killed between storing and answering.
import { createEngine } from "../../bot/engine.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { openDatabase } from "../../prisma/database.ts"
import { fakeChannel, says } from "./fake-channel.ts"
import { COMMUNE, newId, PSEUDONYM_KEY, silent } from "./house.ts"

const db = await openDatabase(process.argv[2] ?? "")
const telegram = fakeChannel()
const engine = createEngine({
  db,
  texts,
  newId,
  commune: () => COMMUNE,
  logger: silent,
  now: () => new Date(),
  pseudonymKey: PSEUDONYM_KEY,
  channels: [telegram.channel],
  answer: () => new Promise(() => setInterval(() => undefined, 1000)),
})
await engine.start()
await engine.accept([
  says("citizen-1", "khai sinh cần gì", { dedupeKey: "update:1" }),
  says("citizen-1", "mất bao lâu", { dedupeKey: "update:2" }),
])
process.stdout.write("stored\n")
