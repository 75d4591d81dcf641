import type { UploadDone } from "zca-js"

export interface Uploads {
  /** Stands in for the library's own map. */
  readonly callbacks: Map<string, UploadDone>
  readonly finished: (fileId: string, fileUrl: string) => void
}

/**
 * The library learns over the socket that a file has arrived, forgets a word that comes before it listens, and keeps a timer
 * of five minutes for each file, which would hold up the end of the program. Here neither happens; the deadline is the attempt's.
 */
export function createUploads(): Uploads {
  const early = new Map<string, string>()
  const waiting = new Map<string, UploadDone>()
  const callbacks: Map<string, UploadDone> = new Map()
  callbacks.set = (fileId, done) => {
    const fileUrl = early.get(fileId)
    if (fileUrl === undefined) waiting.set(fileId, done)
    else {
      early.delete(fileId)
      done({ fileUrl, fileId })
    }
    return callbacks
  }
  return {
    callbacks,
    finished: (fileId, fileUrl) => {
      const done = waiting.get(fileId)
      waiting.delete(fileId)
      if (done) done({ fileUrl, fileId })
      else early.set(fileId, fileUrl)
    },
  }
}
