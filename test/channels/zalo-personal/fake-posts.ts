import type { MediaKind } from "../../../bot/message.ts"
import type { FakeAccount } from "./fake-account.ts"
import type { Asked, FakeZalo, Reply } from "./fake-zalo.ts"
import { unseal } from "./wire.ts"

export interface Post {
  readonly peerId: string
  readonly text: string
  readonly messageId: string
  readonly media?: MediaKind
  /** As the client sent them. */
  readonly params: Readonly<Record<string, unknown>>
}

/** `empty` answers well and does nothing, `silent` sends and never answers. */
export type PostFault = { readonly code: number } | { readonly http: number } | "hang" | "silent" | "empty"

/** What the logged-in client does at Zalo. */
export interface FakePosts {
  readonly posted: Post[]
  /** What the next sendings come to. */
  readonly faults: PostFault[]
  /** What the next keep-alives come to. */
  readonly pulseFaults: PostFault[]
  readonly friends: string[]
  readonly accepted: string[]
  /** Citizens who take nothing from this account. */
  readonly refusing: Set<string>
  /** When the socket says that an upload has arrived: after the answer to it, before, or not at all. */
  fileDone: "after" | "before" | "never"
  /** A cookie that comes along with the next answer. */
  nextCookie: string | null
  answer(asked: Asked): Reply
  nextMessageId(): string
}

const FIRST_ID = 7_000_000_000_000_000_001n

type Act = (params: Readonly<Record<string, unknown>>) => unknown

export function createPosts(account: FakeAccount, push: FakeZalo["push"]): FakePosts {
  let ids = FIRST_ID
  let files = 0
  const nextMessageId = () => String(ids++)
  const post = (media: MediaKind | undefined, textOf: (params: Readonly<Record<string, unknown>>) => unknown): Act => {
    return (params) => {
      const messageId = nextMessageId()
      posts.posted.push({ peerId: String(params["toid"]), text: String(textOf(params)), messageId, ...(media ? { media } : {}), params })
      return { msgId: messageId }
    }
  }
  const sends: Readonly<Record<string, Act>> = {
    "/api/message/sms": post(undefined, ({ message }) => message),
    "/api/message/photo_original/send": post("image", ({ desc }) => desc),
    "/api/message/asyncfile/msg": post("file", ({ fileName }) => fileName),
  }
  const acts: Readonly<Record<string, Act>> = {
    "/api/message/photo_original/upload": () => ({
      photoId: "1",
      finished: 1,
      normalUrl: "https://p.zdn.vn/n",
      hdUrl: "https://p.zdn.vn/h",
      thumbUrl: "https://p.zdn.vn/t",
      chunkId: 1,
      clientFileId: "1",
    }),
    "/api/message/asyncfile/upload": () => {
      const fileId = String((files += 1))
      const done = () =>
        push(
          { command: 601, sub: 0 },
          {
            controls: [{ controlId: 1, content: { act_type: "file_done", act: "", fileId, data: { url: `https://f.zdn.vn/${fileId}` } } }],
          },
        )
      if (posts.fileDone === "before") done()
      if (posts.fileDone === "after") setTimeout(done, 30)
      return { fileId, clientFileId: "1", chunkId: 1, finished: 1 }
    },
    "/api/social/friend/getfriends": () => posts.friends.map((userId) => ({ userId })),
    "/api/friend/accept": ({ fid }) => {
      posts.accepted.push(String(fid))
      return ""
    },
  }
  const posts: FakePosts = {
    posted: [],
    faults: [],
    pulseFaults: [],
    friends: [],
    accepted: [],
    refusing: new Set(),
    fileDone: "after",
    nextCookie: null,
    nextMessageId,
    answer: (asked) => {
      if (!account.isLoggedIn(asked)) return { body: JSON.stringify({ error_code: 102, error_message: "session" }) }
      if (asked.path === "/keepalive")
        return faulty(posts.pulseFaults.shift(), () => ({ body: JSON.stringify({ error_code: 0, data: {} }) }))
      const params = JSON.parse(unseal(account.key, asked.form["params"] ?? asked.query["params"] ?? "")) as Record<string, unknown>
      const send = sends[asked.path]
      if (send && posts.refusing.has(String(params["toid"]))) return faulty({ code: 123 }, () => null)
      const act = send ?? acts[asked.path]
      if (!act) return { status: 404, body: "" }
      return withCookie(
        posts,
        faulty(send ? posts.faults.shift() : undefined, () => account.sealed(act(params)), account),
      )
    },
  }
  return posts
}

function faulty(fault: PostFault | undefined, well: () => Reply, account?: FakeAccount): Reply {
  if (fault === undefined) return well()
  if (fault === "hang") return null
  if (fault === "empty") return account?.sealed({}) ?? null
  if (fault === "silent") {
    well()
    return null
  }
  if ("http" in fault) return { status: fault.http, body: "" }
  return { body: JSON.stringify({ error_code: fault.code, error_message: "refused" }) }
}

function withCookie(posts: FakePosts, reply: Reply): Reply {
  const cookie = posts.nextCookie
  if (!reply || cookie === null) return reply
  posts.nextCookie = null
  return { ...reply, cookies: [cookie] }
}
