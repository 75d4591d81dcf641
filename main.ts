import { COMMANDS } from "./commands.ts"
import { AppError } from "./errors.ts"

const [name = "start", ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (command) {
  try {
    process.exitCode = await command(args)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
} else {
  process.stderr.write(`Không có lệnh “${name}”. Các lệnh: ${Object.keys(COMMANDS).join(", ")}\n`)
  process.exitCode = 2
}
