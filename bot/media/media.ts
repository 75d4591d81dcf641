import { type CollectorDependencies, createMediaCollector, type MediaCollector } from "./collector.ts"
import { MEDIA_LIMITS } from "./limits.ts"
import { forgetMedia } from "./retention.ts"
import { createMediaStore, type MediaStore } from "./store.ts"
import { createUploads, type Uploads } from "./uploads.ts"

export interface Media extends Uploads {
  readonly store: MediaStore
  readonly collector: MediaCollector
  /** Forgets what was sent before a moment; tells how many rows and files. */
  readonly forget: (before: Date) => ReturnType<typeof forgetMedia>
}

/** Everything about citizens' photos and files, over a folder that nothing else uses. */
export function createMedia({ folder, ...dependencies }: Omit<CollectorDependencies, "store"> & { folder: string }): Media {
  const { db, now, limits } = dependencies
  const store = createMediaStore({ folder, now })
  return {
    store,
    collector: createMediaCollector({ ...dependencies, store }),
    forget: (before) => forgetMedia({ db, store }, before),
    ...createUploads({ store, maxBytes: limits?.maxBytes ?? MEDIA_LIMITS.maxBytes }),
  }
}
