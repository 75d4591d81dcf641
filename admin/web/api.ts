import type { z } from "zod"
import { type Contract, type ErrorBody, errorBody } from "../contract/route.ts"
import { shellTexts } from "./texts.ts"

const API = "/api/quan-tri"

/** A call that did not give what was asked, in words for the person. */
export class Fault extends Error {
  readonly status: number
  readonly code: string
  readonly fields: Readonly<Record<string, string>>
  constructor(status: number, { code, message, fields }: Pick<ErrorBody, "code" | "message" | "fields">) {
    super(message)
    this.status = status
    this.code = code
    this.fields = fields ?? {}
  }
}

/** What a call takes: what the contract names, and nothing where it names nothing. */
export interface Input<C extends Contract> {
  readonly params?: z.input<C["params"]>
  readonly query?: z.input<C["query"]>
  readonly body?: z.input<C["body"]>
}

/** Calls the server by a contract. Throws a Fault, also when the server cannot be reached. */
export async function call<C extends Contract>(contract: C, { params, query, body }: Input<C> = {}): Promise<z.output<C["response"]>> {
  const response = await reach(addressOf(contract, { ...(params ? { params } : {}), ...(query ? { query } : {}) }), {
    method: contract.method.toUpperCase(),
    headers: { "x-quan-tri": "1", ...(contract.method === "get" ? {} : { "content-type": "application/json" }) },
    ...(contract.method === "get" ? {} : { body: JSON.stringify(body ?? {}) }),
  })
  const given: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new Fault(response.status, faultOf(given))
  return contract.response.parse(given) as z.output<C["response"]>
}

/** Where a contract that gives a file is fetched from, for links and pictures. */
export const addressOf = <C extends Contract>(contract: C, { params, query }: Input<C>): string =>
  `${API}${pathOf(contract, params)}${searchOf(query)}`

const pathOf = ({ path }: Contract, params: unknown): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String((params as Record<string, unknown>)[name])))

/** Sends a file by a contract that takes one, telling the share that is on its way (0 to 1). Throws a Fault. */
export function sendFile<C extends Contract>(
  contract: C,
  { query, file, onProgress }: Pick<Input<C>, "query"> & { readonly file: Blob; readonly onProgress: (share: number) => void },
): Promise<z.output<C["response"]>> {
  return new Promise((resolve, reject) => {
    // Only this way of asking tells how much has gone out.
    const request = new XMLHttpRequest()
    request.open(contract.method.toUpperCase(), addressOf(contract, query === undefined ? {} : { query }))
    request.setRequestHeader("x-quan-tri", "1")
    request.setRequestHeader("content-type", "application/octet-stream")
    request.responseType = "json"
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total)
    request.onerror = () => reject(new Fault(0, { code: "offline", message: shellTexts.offline }))
    request.onload = () => {
      const given: unknown = request.response
      if (request.status >= 200 && request.status < 300) resolve(contract.response.parse(given) as z.output<C["response"]>)
      else reject(new Fault(request.status, faultOf(given)))
    }
    request.send(file)
  })
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch {
    throw new Fault(0, { code: "offline", message: shellTexts.offline })
  }
}

function searchOf(query: object | undefined): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== "" && value !== undefined)
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`
}

function faultOf(given: unknown): Pick<ErrorBody, "code" | "message" | "fields"> {
  const parsed = errorBody.safeParse(given)
  return parsed.success ? parsed.data.error : { code: "unexpected", message: shellTexts.unexpected }
}
