import { inVietnamese } from "../../knowledge/import/wording.ts"
import { procedureSchema } from "../../knowledge/procedure.ts"

// The typed record and what compares two of them import nothing but zod, so the browser checks by the server's own rules.
export { type Difference, differencesOf } from "../../knowledge/editing/differences.ts"
export { FEE_STATUSES, METHOD_CHANNELS, type Procedure, TIME_UNITS } from "../../knowledge/procedure.ts"

/** What is wrong with a procedure, by the path of the field ("methods.0.fees.1.amount"); empty when nothing is. */
export function procedureFaults(body: unknown): Readonly<Record<string, string>> {
  const parsed = procedureSchema.safeParse(body, inVietnamese)
  if (parsed.success) return {}
  return Object.fromEntries(parsed.error.issues.toReversed().map(({ path, message }) => [path.join("."), message]))
}
