import { pino, type Logger } from "pino"

export type { Logger }

/** The operators' log: ids, statuses and milliseconds; never what a citizen wrote, never a token. */
export function createLogger(level: string): Logger {
  return pino({ level, redact: ["*.text", "*.question", "*.token", "*.phone", "*.password"] }, pino.destination({ dest: 2, sync: true }))
}
