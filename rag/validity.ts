import type { Procedure } from "../knowledge/procedure.ts"
import type { SourcedPassage } from "./documents/passage.ts"

/** Why something must not be answered from: it ended on a day, or it predates the two-tier government. */
export interface Past {
  readonly name: string
  /** Last day of validity (ISO 8601); null for a record from before 1/7/2025. */
  readonly ended: string | null
}

/** Why a procedure is no longer valid today; null for one that is. */
export function pastProcedure(procedure: Procedure, today: string): Past | null {
  if (procedure.effectiveTo !== null && procedure.effectiveTo < today) return { name: procedure.name, ended: procedure.effectiveTo }
  return procedure.legacy ? { name: procedure.name, ended: null } : null
}

/** Why a document is no longer valid today; null for one that is. */
export function pastPassage({ title, expires }: SourcedPassage, today: string): Past | null {
  return expires !== null && expires < today ? { name: title, ended: expires } : null
}
