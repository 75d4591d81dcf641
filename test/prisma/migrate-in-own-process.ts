import { migrate } from "../../prisma/migrate.ts"

const [file = "", migrations = "", backups = ""] = process.argv.slice(2)
process.stdout.write(JSON.stringify(await migrate({ file, migrations, backups, now: new Date(0) })))
