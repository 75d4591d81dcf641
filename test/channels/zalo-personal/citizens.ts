import type { FakeZalo } from "./fake-zalo.ts"

/** One message as Zalo's socket writes it down. */
export interface Said {
  readonly msgId: string
  readonly cliMsgId: string
  readonly msgType: string
  readonly uidFrom: string
  readonly idTo: string
  readonly ts: string
  readonly content: unknown
  readonly [more: string]: unknown
}

let clients = 1_760_000_000_000

/** A message from a citizen to the account, with what a test wants to say differently. */
export function said(zalo: FakeZalo, uidFrom: string, over: Partial<Said> = {}): Said {
  const msgId = zalo.posts.nextMessageId()
  return {
    actionId: msgId,
    msgId,
    cliMsgId: String((clients += 1)),
    msgType: "webchat",
    uidFrom,
    idTo: "0",
    dName: "Bà Tư",
    ts: String(Date.now()),
    status: 1,
    content: "xin chào",
    notify: "1",
    ttl: 0,
    userId: "0",
    uin: "0",
    cmd: 501,
    st: 3,
    at: 5,
    realMsgId: "0",
    ...over,
  }
}

/** What staff write on the phone of the account. */
export function saidByPhone(zalo: FakeZalo, peerId: string, over: Partial<Said> = {}): Said {
  return said(zalo, "0", { idTo: peerId, ...over })
}

/** Hands messages over in one batch and keeps them for who asks later. */
export function deliver(zalo: FakeZalo, ...messages: readonly Said[]): void {
  zalo.history.push(...messages.map((message) => JSON.stringify(message)))
  zalo.push({ command: 501, sub: 0 }, { msgs: messages })
}

/** What hangs on a message: details as JSON inside a string. */
export function attached(over: Record<string, unknown>, params: object = {}) {
  return { title: "", description: "", href: "", thumb: "", childnumber: 0, action: "", params: JSON.stringify(params), type: "", ...over }
}

export function reaction(zalo: FakeZalo, uidFrom: string, given: { messageId: string; icon: string }): object {
  const content = `{"rMsg":[{"gMsgID":${given.messageId},"cMsgID":1,"msgType":1}],"rIcon":"${given.icon}","rType":5,"source":6}`
  return { ...said(zalo, uidFrom), msgType: "chat.reaction", content }
}
