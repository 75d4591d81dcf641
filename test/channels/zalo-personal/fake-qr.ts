import type { FakeAccount } from "./fake-account.ts"
import type { Asked, Reply } from "./fake-zalo.ts"

/** The pages of id.zalo.me for signing in by QR, and the phone in somebody's hand. */
export interface FakeQr {
  /** What the phone does with the picture: nothing, or scan it and then wait, consent or refuse. */
  phone: "away" | "scanned" | "consents" | "refuses"
  polls: number
}

/** A picture that a browser can draw. */
export const QR_PICTURE = [
  "iVBORw0KGgoAAAANSUhEUgAAADoAAAA6CAYAAADhu0ooAAAAAklEQVR4AewaftIAAAJ4SURBVOXBQVIkMRDAQKmj//9lLXVzEGZoZuHkTPvAAS4OcXGIi0Pc",
  "fKLyjoodlVXFUBkVK5VRMVTeUbG6OMTNFyqeUNlRGRVDZaisVJ6oeEJl5+IQN99Q2anYUVmprCpWKqPiCZWdilcuDnHzRyqGyqhYqaxURsVfuDjEzR9RGRUr",
  "lVXFSmVU/KaLQ9x8o+IdFUNlp2KorCpeqXjHxSFuvqDymyqGyk7FUBkVK5X/cXGIm08qflPFUHlHxW+4OIR9YKEyKobKExUrlVXFSmVUvKLyRMUrF4e4eahi",
  "qKwqXqkYKu+oGCqjYkdlVOxcHOLmk4pXKlYqo+KJiqEyVFYVK5VRMVRWFSuVUbG6OMTND6mMilGxUtmpGCqjYqjsqLxSsaoYKjsXh7j5RGVU7FSsVEbFqBgq",
  "Q2VUrFR2VHZUdlSeuDjEzRdUdlRGxajYqXilYqiMiqEyKlYqo2KojIqhMip2Lg5x84WKJ1R2KobKqBgVq4qhMiqGyqhYqbyiMipWF4e4+aGKVcWOyo7KqBgq",
  "OxVDZadiVTFUdi4OcfMNlVGxUtmpWFWsKobKjspPqIyKUbFzcQj7wC9SeaJiqIyKoTIqdlRWFU9cHOLmE5V3VIyKobKqGCpDZVS8ojIqVhVDZadidXGImy9U",
  "PKGyUtlRWVU8UbGjMiqeuDjEzTdUdipeqRgqo2KlMiqGykrllYqhMipeuTjEzR9RGRVPVKxUVhVDZaisVFYVq4tD3PyRiqEyKnZUVhWjYqdiqKwqhsrOxSFu",
  "vlHxExVDZUdlVAyVlcqqYqjsVDxxcYibL6i8Q+WVip2KlcoTKk9cHMI+cICLQ1wc4uIQ/wCa14qJmWXXrgAAAABJRU5ErkJggg==",
].join("")
const POLL_AGAIN = { error_code: 8 }

export function newQr(): FakeQr {
  return { phone: "away", polls: 0 }
}

/** Undefined for what is not about signing in. */
export function answerQr(qr: FakeQr, { host, path, cookie }: Asked, account: FakeAccount): Reply | undefined {
  const json = (body: object, cookies: readonly string[] = []): Reply => ({ body: JSON.stringify(body), cookies })
  const pages: Readonly<Record<string, () => Reply>> = {
    "id.zalo.me/account": () => ({ body: '<script src="https://stc-zlogin.zdn.vn/main-5.5.7.js"></script>' }),
    "id.zalo.me/account/logininfo": () => json({ error_code: 0, data: {} }),
    "id.zalo.me/account/verify-client": () => json({ error_code: 0, data: {} }),
    "id.zalo.me/account/authen/qr/generate": () =>
      json({ error_code: 0, data: { code: "QR1", token: "t", image: `data:image/png;base64,${QR_PICTURE}`, options: {} } }),
    "id.zalo.me/account/authen/qr/waiting-scan": () => {
      qr.polls += 1
      return json(qr.phone === "away" ? POLL_AGAIN : { error_code: 0, data: { avatar: "", display_name: "UBND xã" } })
    },
    "id.zalo.me/account/authen/qr/waiting-confirm": () => {
      qr.polls += 1
      const codes = { away: 8, scanned: 8, consents: 0, refuses: -13 }
      return json({ error_code: codes[qr.phone], error_message: "", data: null })
    },
    "id.zalo.me/account/checksession": () => {
      account.session = `by-qr-${account.logins}`
      return json({}, [`zpsid=${account.session}; Path=/; Domain=zalo.me`])
    },
    "jr.chat.zalo.me/jr/userinfo": () =>
      json({
        error_code: 0,
        data: { logged: cookie.includes(`zpsid=${account.session}`), session_chat_valid: true, info: { name: "UBND xã", avatar: "" } },
      }),
  }
  return pages[`${host}${path}`]?.()
}
