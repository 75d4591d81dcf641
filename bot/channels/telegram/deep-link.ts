const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/
const PROCEDURE = "tthc_"

/**
 * What stands behind `?start=` of a link for an origin; null when it does not fit there. Telegram takes at most 64 letters of
 * [A-Za-z0-9_-], so the dots of a procedure's code are written as "-", a sign that no code holds: "tthc_1.001193" → "tthc_1-001193".
 */
export function payloadOf(origin: string): string | null {
  const isProcedure = origin.startsWith(PROCEDURE)
  const payload = isProcedure ? origin.replaceAll(".", "-") : origin
  return PAYLOAD.test(payload) && !(isProcedure && origin.includes("-")) ? payload : null
}

/** The origin that a payload stands for: a procedure ("tthc_" and its code) or the code of a campaign; null when it is neither. */
export function originOf(payload: string | undefined): string | null {
  if (payload === undefined || !PAYLOAD.test(payload)) return null
  return payload.startsWith(PROCEDURE) ? payload.replaceAll("-", ".") : payload
}
