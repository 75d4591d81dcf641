import type { RequestHandler, Router } from "express"
import { z } from "zod"
import { NotFoundError } from "../../errors.ts"
import type { ErrorBody } from "../contract/route.ts"
import { refusals } from "../texts.ts"
import { Refusal } from "./refusal.ts"

type Told = ErrorBody & { readonly status: number }

/** Turns whatever goes wrong in the staff area into `{ error: { code, message, fields? } }`; what nobody foresaw is reported. */
export function tellingFaults(routes: Router, report: (error: unknown) => void): RequestHandler {
  return (request, response, next) => {
    routes(request, response, (error?: unknown) => {
      if (error === undefined || response.headersSent) {
        next(error)
        return
      }
      const { status, ...told } = faultOf(error)
      if (status >= 500) report(error)
      if (told.retryAfterSeconds !== undefined) response.setHeader("Retry-After", told.retryAfterSeconds)
      response.status(status).json({ error: told })
    })
  }
}

function faultOf(error: unknown): Told {
  if (error instanceof Refusal) {
    const { fields, retryAfterSeconds, ...details } = error.details
    return { ...details, ...(fields ? { fields: { ...fields } } : {}), ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
  }
  if (error instanceof InvalidRequest) return { status: 400, code: "invalid_input", message: refusals.invalid, fields: error.fields }
  if (error instanceof NotFoundError) return { status: 404, code: "not_found", message: refusals.notFound }
  return senderFault(error) ?? { status: 500, code: "unexpected", message: refusals.unexpected }
}

/** What express itself finds wrong with a request carries its status. */
function senderFault(error: unknown): Told | null {
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : null
  if (status === 413) return { status, code: "too_large", message: refusals.tooLarge }
  if (typeof status !== "number" || status < 400 || status >= 500) return null
  return { status, code: "unreadable", message: refusals.unreadable }
}

/** Parameters, query or body that do not fit their schema: the first word on each field. */
export class InvalidRequest extends Error {
  readonly fields: Record<string, string>
  constructor(error: z.ZodError) {
    super(error.message)
    this.fields = Object.fromEntries(error.issues.toReversed().map((issue) => [issue.path.join("."), issue.message]))
  }
}
