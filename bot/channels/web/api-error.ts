import type { RequestHandler, Router } from "express"
import { z } from "zod"
import { AppError, NotFoundError } from "../../../errors.ts"
import type { Logger } from "../../logger.ts"
import { StoppingError } from "../../message.ts"
import type { ApiTexts } from "../../texts/conversation.ts"

interface Problem {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly retryAfterSeconds?: number
}

/** A request that ends with a word for the citizen. */
export class ApiError extends AppError {
  readonly code: string
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.code = problem.code
    this.problem = problem
  }
}

/** What the JSON reader of express tells by `type`. */
const BODY_FAULTS: Readonly<
  Record<string, { status: number; code: string; text: keyof ApiTexts & ("invalidJson" | "tooLarge" | "wrongType") }>
> = {
  "entity.parse.failed": { status: 400, code: "invalid_json", text: "invalidJson" },
  "request.size.invalid": { status: 400, code: "invalid_json", text: "invalidJson" },
  "entity.too.large": { status: 413, code: "too_large", text: "tooLarge" },
  "charset.unsupported": { status: 415, code: "wrong_type", text: "wrongType" },
  "encoding.unsupported": { status: 415, code: "wrong_type", text: "wrongType" },
}

/** Serves these routes; whatever goes wrong in them becomes `{ error: { code, message, retryAfterSeconds? } }`. */
export function tellingFaults(routes: Router, { texts, logger }: { texts: ApiTexts; logger: Logger }): RequestHandler {
  return (request, response, next) => {
    routes(request, response, (error?: unknown) => {
      // Nothing went wrong: no route was meant.
      if (error === undefined || response.headersSent) {
        next(error)
        return
      }
      const { status, ...told } = problemOf(error, texts)
      if (status === 500) logger.error({ error: error instanceof Error ? error.name : typeof error }, "Web chat request failed")
      if (told.retryAfterSeconds !== undefined) response.setHeader("Retry-After", told.retryAfterSeconds)
      response.status(status).json({ error: told })
    })
  }
}

function problemOf(error: unknown, texts: ApiTexts): Problem {
  if (error instanceof ApiError) return error.problem
  if (error instanceof z.ZodError) {
    const message = [...new Set(error.issues.map((issue) => issue.message))].join(" ")
    return { status: 400, code: "invalid_input", message }
  }
  if (error instanceof NotFoundError) return { status: 404, code: "not_found", message: texts.answerNotFound }
  if (error instanceof StoppingError) return { status: 503, code: "stopping", message: texts.stopping, retryAfterSeconds: 10 }
  const fault = BODY_FAULTS[(error as { type?: string } | null)?.type ?? ""]
  if (fault) return { status: fault.status, code: fault.code, message: texts[fault.text] }
  return { status: 500, code: "error_unexpected", message: texts.unexpected }
}

/** Answers a known path that was asked in another way than it understands. */
export function onlyMethods(methods: readonly string[], texts: ApiTexts): RequestHandler {
  return (_request, response) => {
    response.setHeader("Allow", methods.join(", "))
    throw new ApiError({ status: 405, code: "wrong_method", message: texts.wrongMethod })
  }
}
