const CONNECTING = new Set(["connect", "getaddrinfo"])
const NOT_CONNECTED = new Set(["UND_ERR_CONNECT_TIMEOUT", "ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"])

export interface NetworkFault {
  readonly name: string
  /** False only when it is certain that nothing has left the house. */
  readonly connected: boolean
}

/** What went wrong with a fetch, and whether a connection had been made; never its message, which may quote a token. */
export function networkFault(error: unknown): NetworkFault {
  const cause = (error as { cause?: unknown } | null)?.cause ?? error
  const { code, syscall, errors } = cause as { code?: string; syscall?: string; errors?: readonly { syscall?: string }[] }
  const syscalls = errors?.map((one) => one.syscall) ?? [syscall]
  const connecting = syscalls.every((call) => call !== undefined && CONNECTING.has(call))
  const name = typeof code === "string" ? code : error instanceof Error ? error.name : "unknown"
  return { name, connected: !connecting && !(code !== undefined && NOT_CONNECTED.has(code)) }
}
