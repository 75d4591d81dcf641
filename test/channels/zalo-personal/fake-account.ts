import { randomBytes } from "node:crypto"
import type { Asked, Reply } from "./fake-zalo.ts"
import { loginKey, seal, signature, unseal } from "./wire.ts"

export const OWN_UID = "9007199254740993001"

/** The account at Zalo: who is logged in, with which keys. */
export interface FakeAccount {
  uid: string
  /** What the cookie "zpsid" must say; changed when the session ends. */
  session: string
  readonly socketKey: Buffer
  socketAddress: string
  /** Of the present login. */
  key: Buffer
  logins: number
  /** What the device called itself, login by login. */
  readonly devices: string[]
  /** Answers the next logins with this HTTP status. */
  readonly loginFaults: number[]
  /** Services that the login answer leaves out. */
  missing: string
  isLoggedIn(asked: Asked): boolean
  answer(asked: Asked): Reply | undefined
  /** The answer to a call of a logged-in client. */
  sealed(data: unknown): Reply
}

const SERVICES =
  "aext alias auto_reply catalog chat conversation file friend friend_board group group_board group_poll label profile quick_message reaction sticker zimsg".split(
    " ",
  )
const SERVER_INFO = {
  setttings: {
    features: {
      sharefile: { max_file: 50, max_size_share_file_v3: 1024, chunk_size_file: 3_145_728, restricted_ext_file: ["exe", "apk"] },
      socket: { ping_interval: 60_000, retries: {}, close_and_retry_codes: [], rotate_error_codes: [] },
    },
    keepalive: { alway_keepalive: 1, keepalive_duration: 300 },
  },
  extra_ver: {},
}
const NOT_SIGNED = new Set(["signkey", "zpw_ver", "zpw_type", "nretry"])

export function createAccount(): FakeAccount {
  const account: FakeAccount = {
    uid: OWN_UID,
    session: "first",
    socketKey: randomBytes(32),
    socketAddress: "",
    key: randomBytes(16),
    logins: 0,
    devices: [],
    loginFaults: [],
    missing: "",
    isLoggedIn: ({ cookie }) => cookie.split("; ").includes(`zpsid=${account.session}`),
    answer: (asked) => {
      if (asked.path === "/api/login/getLoginInfo") return logIn(account, asked)
      if (asked.path === "/api/login/getServerInfo") return { body: JSON.stringify({ error_code: 0, data: SERVER_INFO }) }
      return undefined
    },
    sealed: (data) => {
      const inner = JSON.stringify({ error_code: 0, error_message: "Successful.", data })
      return { body: JSON.stringify({ error_code: 0, error_message: "Successful.", data: seal(account.key, inner) }) }
    },
  }
  return account
}

function logIn(account: FakeAccount, asked: Asked): Reply {
  const fault = account.loginFaults.shift()
  if (fault !== undefined) return { status: fault, body: "" }
  if (!account.isLoggedIn(asked))
    return { body: JSON.stringify({ error_code: 102, error_message: "The session key has reached its timeout.", data: null }) }
  const { zcid = "", zcid_ext: zcidExt = "", params = "", signkey } = asked.query
  const signed = Object.fromEntries(Object.entries(asked.query).filter(([name]) => !NOT_SIGNED.has(name)))
  if (signkey !== signature("getlogininfo", signed)) return { status: 403, body: "bad signature" }
  const key = loginKey(zcid, zcidExt)
  const { imei } = JSON.parse(unseal(key, params)) as { imei: string }
  account.devices.push(imei)
  account.logins += 1
  account.key = randomBytes(16)
  const services = SERVICES.filter((name) => name !== account.missing)
  const data = {
    uid: account.uid,
    zpw_enk: account.key.toString("base64"),
    zpw_ws: [`${account.socketAddress}/ws`],
    zpw_service_map_v3: Object.fromEntries(services.map((name) => [name, [`https://${name.replaceAll("_", "-")}-wpa.chat.zalo.me`]])),
  }
  const body = JSON.stringify({ error_code: 0, data: encodeURIComponent(seal(key, JSON.stringify({ error_code: 0, data }))) })
  // Zalo changes its cookies at a login.
  return { cookies: [`zpw_sek=rotated-${account.logins}; Path=/; Domain=chat.zalo.me; Expires=Wed, 18 Mar 2037 10:00:00 GMT`], body }
}
