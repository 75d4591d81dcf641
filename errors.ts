/** Something the caller can understand and act on. Anything else that is thrown is a bug. */
export abstract class AppError extends Error {
  abstract readonly code: string
  override get name() {
    return this.constructor.name
  }
}

/** What was given cannot be used; `problems` lists every fault in the user's words. */
export class InvalidInputError extends AppError {
  readonly code = "invalid_input"
  readonly problems: readonly string[]
  constructor(message: string, problems: readonly string[] = []) {
    super(problems.length > 0 ? `${message}\n${problems.map((p) => `  - ${p}`).join("\n")}` : message)
    this.problems = problems
  }
}

export class NotFoundError extends AppError {
  readonly code = "not_found"
}

/** The installation itself is not fit to run (data of a newer version, unreadable key file …). */
export class InstallationError extends AppError {
  readonly code = "installation"
}

/** A service outside the program failed. `permanent` means: do not try again. */
export class UpstreamError extends AppError {
  readonly code = "upstream"
  readonly permanent: boolean
  constructor(message: string, options: { cause?: unknown; permanent?: boolean } = {}) {
    super(message, { cause: options.cause })
    this.permanent = options.permanent ?? false
  }
}
