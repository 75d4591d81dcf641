import { expect, it } from "vitest"
import { signInToZalo } from "../../bot/channels/zalo-personal/kind.ts"
import type { QrWatch } from "../../bot/channels/zalo-personal/qr-login.ts"
import { until } from "../support/until.ts"
import { OWN_UID } from "./zalo-personal/fake-account.ts"
import { QR_PICTURE } from "./zalo-personal/fake-qr.ts"
import type { FakeZalo } from "./zalo-personal/fake-zalo.ts"
import { type Given, HOA, message, scene } from "./zalo-personal/scene.ts"

/** Short for a person with a phone, long enough for a busy machine to draw the picture in. */
const A_WHILE_MS = 2000

/** The staff page: notes what it would show, and can be left. */
function page(onShown: () => void = () => undefined) {
  const leaving = new AbortController()
  const shown: { image: string; expiresAt: Date }[] = []
  const states: string[] = []
  const watch: QrWatch = {
    onQr: (image, expiresAt) => {
      shown.push({ image, expiresAt })
      onShown()
    },
    onState: (state) => states.push(state.state === "scanned" ? `scanned by ${state.name}` : state.state),
    signal: leaving.signal,
  }
  return { watch, shown, states, leave: () => leaving.abort() }
}

/** An account whose session has ended. */
async function loggedOut(given: Given = {}) {
  const open = await scene({ cookieSession: "of-last-year", ...given })
  await open.start()
  await until(() => expect(open.healths.at(-1)).toMatchObject({ state: "needs_human" }))
  return open
}

it("signs in again by QR: shown, scanned, confirmed, online, and the credentials stored", async () => {
  const { zalo, channel, store, healths } = await loggedOut()
  const { watch, shown, states } = page(() => (zalo.qr.phone = "consents"))
  expect(await channel.loginByQr(watch)).toEqual({ kind: "signed_in", uid: OWN_UID })
  expect(shown.map(({ image }) => image)).toEqual([`data:image/png;base64,${QR_PICTURE}`])
  expect(shown[0]?.expiresAt.getTime()).toBeGreaterThan(Date.now())
  expect(states).toEqual(["scanned by UBND xã", "confirmed"])
  expect(JSON.stringify(store.saved.credentials.cookie)).toContain(zalo.account.session)
  await until(() => expect(healths.at(-1)).toEqual({ state: "online" }))
  expect(await channel.send(message(HOA), 0)).toMatchObject({ ok: true })
  // One device for life, also for the login that follows the scan.
  expect(new Set(zalo.account.devices)).toEqual(new Set(["imei-of-the-office"]))
})

it("tells that nobody scanned in time", async () => {
  const { zalo, channel, store } = await loggedOut({ qrValidMs: A_WHILE_MS })
  const { watch, shown } = page()
  expect(await channel.loginByQr(watch)).toEqual({ kind: "expired" })
  expect(shown).toHaveLength(1)
  expect(store.writes).toBe(0)
  await noMorePolls(zalo)
})

it("tells that the phone was never confirmed", async () => {
  const { zalo, channel } = await loggedOut({ qrValidMs: A_WHILE_MS })
  zalo.qr.phone = "scanned"
  const { watch, states } = page()
  expect(await channel.loginByQr(watch)).toEqual({ kind: "expired" })
  expect(states).toEqual(["scanned by UBND xã"])
})

it("tells that the phone refused, where the library would wait for ever", async () => {
  const { zalo, channel, store } = await loggedOut()
  zalo.qr.phone = "refuses"
  expect(await channel.loginByQr(page().watch)).toEqual({ kind: "declined" })
  expect(store.writes).toBe(0)
  await noMorePolls(zalo)
})

it("refuses a picture that was scanned with another account", async () => {
  const { zalo, channel, store, healths } = await loggedOut()
  zalo.qr.phone = "consents"
  zalo.account.uid = "66"
  expect(await channel.loginByQr(page().watch)).toEqual({ kind: "other_account" })
  expect(store.writes).toBe(0)
  expect(healths.at(-1)?.state).toBe("needs_human")
})

it("stops asking when the page is left", async () => {
  const { zalo, channel } = await loggedOut()
  const { watch, leave } = page()
  const login = channel.loginByQr(watch)
  await until(() => expect(zalo.qr.polls).toBeGreaterThan(1))
  leave()
  expect(await login).toEqual({ kind: "abandoned" })
  await noMorePolls(zalo)
})

it("does not even begin for a page that is already left", async () => {
  const { zalo, channel } = await loggedOut()
  const { watch, leave, shown } = page()
  leave()
  expect(await channel.loginByQr(watch)).toEqual({ kind: "abandoned" })
  await noMorePolls(zalo)
  expect(shown).toEqual([])
})

it("tells that Zalo cannot be reached", async () => {
  const { zalo, channel } = await loggedOut()
  zalo.away = true
  expect(await channel.loginByQr(page().watch)).toMatchObject({ kind: "failed" })
})

it("signs in for an account that is not set up yet", async () => {
  const { zalo } = await scene()
  zalo.qr.phone = "consents"
  const result = await signInToZalo(page().watch, { now: () => new Date(), fetch: zalo.fetch })
  expect(result).toMatchObject({ kind: "signed_in", credentials: { uid: OWN_UID } })
  expect(result.kind === "signed_in" && result.credentials.imei).toMatch(/^[0-9a-f-]{36}-[0-9a-f]{32}$/)
})

async function noMorePolls({ qr }: FakeZalo): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100))
  const { polls } = qr
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(qr.polls).toBe(polls)
}
