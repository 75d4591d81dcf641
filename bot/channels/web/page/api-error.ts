import { TEXTS } from "./texts.ts"

/** A refusal of the server, or no server at all (status 0); the message is for the citizen. */
export class ApiError extends Error {
  readonly status: number
  readonly retryAfterSeconds: number | undefined

  constructor(message: string, status: number, retryAfterSeconds?: number) {
    super(message)
    this.name = new.target.name
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The server's refusal, with its own words where it has some. */
export function refusal(status: number, body: unknown): ApiError {
  const told = (body as ErrorBody | null)?.error
  return new ApiError(told?.message ?? TEXTS.serverError, status, told?.retryAfterSeconds)
}

interface ErrorBody {
  readonly error?: { readonly message?: string; readonly retryAfterSeconds?: number }
}
