import { z } from "zod"
import type { Access } from "../permissions.ts"

export type Method = "get" | "post" | "patch" | "delete"

const none = z.object({})

/**
 * What server and browser agree on for one address under `/api/quan-tri`: who may call it and what goes in and out. The
 * schemas check on the server, type the browser's calls and fill the forms, and are the OpenAPI document.
 */
export interface Contract<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodObject = z.ZodObject,
  R extends z.ZodType = z.ZodType,
  A extends Access = Access,
> {
  readonly method: Method
  /** With `:name` for a part that `params` describes. */
  readonly path: `/${string}`
  readonly access: A
  /** One line for the API's readers. */
  readonly summary: string
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly response: R
  /** "file": the bytes of one file go in, or come out, in place of JSON. */
  readonly takes: Carries
  readonly gives: Carries
}

type Carries = "json" | "file"

type Empty = typeof none

interface Given<P, Q, B, R, A> {
  readonly method: Method
  readonly path: `/${string}`
  readonly access: A
  readonly summary: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly response: R
  readonly takes?: Carries
  readonly gives?: Carries
}

/** Fills in what a contract leaves out: no parameters, no query, no body. */
export function contract<
  R extends z.ZodType,
  const A extends Access,
  P extends z.ZodObject = Empty,
  Q extends z.ZodObject = Empty,
  B extends z.ZodObject = Empty,
>(given: Given<P, Q, B, R, A>): Contract<P, Q, B, R, A> {
  const empty = { params: none as unknown as P, query: none as unknown as Q, body: none as unknown as B }
  return { ...empty, takes: "json", gives: "json", ...given }
}

/** What a change answers when there is nothing to tell but that it was made. */
export const done = z.object({})

/** `{ error }` of every answer that is none. */
export const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** What is wrong with a field, by its name. */
    fields: z.record(z.string(), z.string()).optional(),
    retryAfterSeconds: z.int().optional(),
  }),
})
export type ErrorBody = z.infer<typeof errorBody>["error"]
