const LONG_NUMBER = /\d{16}/
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.+-])-?\d{16,}(?![\d.eE])/g

/** Reads JSON in which whole numbers too long to be exact (ids above 2^53) become strings; undefined when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown
    // Only text that is known to be JSON is rewritten: there every quote has its partner.
    return LONG_NUMBER.test(text) ? (JSON.parse(text.replace(STRING_OR_LONG_INTEGER, quoted)) as unknown) : value
  } catch {
    return undefined
  }
}

function quoted(token: string): string {
  return token.startsWith('"') ? token : `"${token}"`
}
