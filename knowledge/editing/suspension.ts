import type { Transaction } from "../../prisma/database.ts"
import { recordRelease } from "../releases.ts"

/**
 * Switches a procedure off, with the reason, or on again (null): at once and for every process, by a release of its own. Its
 * wording stays as it is, and importing it anew leaves it off. False when citizens are not told of it anyway.
 */
export async function switchProcedure(
  tx: Transaction,
  code: string,
  to: { readonly reason: string | null; readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { count } = await tx.knowledgeRecord.updateMany({
    where: { kind: "procedure", key: code, status: "published" },
    data: { suspended: to.reason, updatedAt: to.now },
  })
  if (count > 0) await recordRelease(tx, { origin: "switch", by: to.by, reason: to.reason }, to.now)
  return count > 0
}
