import { openDatabase } from "../../prisma/database.ts"
import { appendEvidence } from "../../prisma/evidence.ts"

const [file = "", who = "", count = "0"] = process.argv.slice(2)
const database = await openDatabase(file)
const entry = (n: number) => ({ at: new Date(n), kind: "answer", body: { who, n } })
await Promise.all(Array.from({ length: Number(count) }, (_, n) => database.$transaction((tx) => appendEvidence(tx, entry(n)))))
await database.$disconnect()
