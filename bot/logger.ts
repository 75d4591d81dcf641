/** What `bot/` needs of a logger; pino satisfies it. Details never hold a citizen's words. */
export interface Logger {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}
