import { createHash } from "node:crypto"
import { Transform } from "node:stream"

export interface Meter {
  readonly stream: Transform
  /** Size and hash of what has passed; to be asked once, at the end. */
  result(): { readonly bytes: number; readonly sha256: string }
}

/** Lets bytes pass and takes their measure. */
export function createMeter(onBytes: (count: number) => void): Meter {
  const hash = createHash("sha256")
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      onBytes(chunk.length)
      done(null, chunk)
    },
  })
  return { stream, result: () => ({ bytes, sha256: hash.digest("hex") }) }
}
