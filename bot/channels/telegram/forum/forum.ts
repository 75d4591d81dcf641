import type { Api } from "grammy"
import type { Update } from "grammy/types"
import type { StaffRoom } from "../../../staff-room.ts"
import type { HealthBoard } from "../../health-board.ts"
import type { FetchFile } from "./enclosed.ts"
import { createHearing, isOf } from "./hearing.ts"
import { createMirror } from "./mirror.ts"

export interface ForumDependencies {
  readonly room?: StaffRoom
  /** The group of staff whose topics mirror the conversations; left out: there is none. */
  readonly staffChatId?: string | undefined
  readonly forumEveryMs?: number
  readonly now: () => Date
}

export interface Forum {
  /** Happened in the group of staff: nothing of it is a citizen's. */
  owns(update: Update): boolean
  /** Resolves when it is written down. */
  hear(update: Update, signal: AbortSignal): Promise<void>
  /** Resolves when the signal is aborted. */
  run(board: HealthBoard, signal: AbortSignal): Promise<void>
}

interface Bot {
  readonly api: Api
  readonly accountId: string
  readonly fetchFile: FetchFile
}

const EVERY_MS = 3000

/** The group of staff that mirrors the conversations of one bot; null when staff have set none. The web inbox stays the main one. */
export function createForum(given: ForumDependencies, { api, accountId, fetchFile }: Bot): Forum | null {
  const { room: staff, staffChatId: groupId, now, forumEveryMs: everyMs = EVERY_MS } = given
  if (!staff || groupId === undefined) return null
  const room = { accountId, groupId }
  const mirror = createMirror({ api, room, staff, now, everyMs })
  const hear = createHearing({ api, room, staff, mirror, now, fetchFile })
  return { owns: (update) => isOf(room, update), hear, run: (board, signal) => mirror.run(board, signal) }
}
