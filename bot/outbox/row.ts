import type { Database } from "../../prisma/database.ts"
import type { Author } from "../message.ts"

export type Row = Awaited<ReturnType<Database["outboxMessage"]["findMany"]>>[number]
export type RowState = "pending" | "sending" | "sent" | "failed" | "unknown" | "cancelled"

/** How the author of a message is kept: "bot", or "staff:<id>:<public name>". */
export function storedAuthor(author: Author): string {
  return author.kind === "bot" ? "bot" : `staff:${author.staffId}:${author.publicName}`
}

/** Turns `storedAuthor` back; what is nothing of the kind is the assistant's. */
export function authorOf(stored: string): Author {
  const [, staffId, publicName] = /^staff:([^:]*):(.*)$/su.exec(stored) ?? []
  return staffId === undefined || publicName === undefined ? { kind: "bot" } : { kind: "staff", staffId, publicName }
}
