import { AppError } from "../../errors.ts"

interface Details {
  readonly status: number
  readonly code: string
  readonly message: string
  /** What is wrong with a field, by its name. */
  readonly fields?: Readonly<Record<string, string>>
  readonly retryAfterSeconds?: number
}

/** A request that ends with a word for the member of staff who made it. */
export class Refusal extends AppError {
  readonly code: string
  readonly details: Details
  constructor(details: Details) {
    super(details.message)
    this.code = details.code
    this.details = details
  }
}

export const conflict = (message: string): Refusal => new Refusal({ status: 409, code: "conflict", message })
export const gone = (message: string): Refusal => new Refusal({ status: 410, code: "link_gone", message })
/** One field is wrong in a way that only the server can see. */
export const wrongField = (name: string, message: string): Refusal =>
  new Refusal({ status: 400, code: "invalid_input", message, fields: { [name]: message } })
