import { openDataDir } from "../../prisma/data-dir.ts"

const { secrets } = await openDataDir(process.argv[2] ?? "")
process.stdout.write(JSON.stringify(secrets))
