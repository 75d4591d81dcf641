import { Api } from "grammy"

const SECONDS = 45

/** Telegram's methods over the platform's own fetch: unlike grammY's it tells whether a connection was made before it failed. */
export function createApi(token: string, apiRoot?: string): Api {
  return new Api(token, {
    timeoutSeconds: SECONDS,
    fetch: fetchWithPlainSignal,
    ...(apiRoot === undefined ? {} : { apiRoot }),
  })
}

/** grammY hands over the signal of a package that stands for the platform's, and which the platform does not accept. */
async function fetchWithPlainSignal(url: string, init: RequestInit): Promise<Response> {
  const { method, headers, body, signal } = init
  const controller = new AbortController()
  const abort = () => {
    controller.abort()
  }
  if (signal?.aborted) abort()
  signal?.addEventListener("abort", abort)
  const given = { ...(method ? { method } : {}), ...(headers ? { headers } : {}), ...(body ? { body } : {}) }
  return fetch(url, { ...given, signal: controller.signal })
}
