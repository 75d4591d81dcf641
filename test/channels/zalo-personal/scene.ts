import { onTestFinished } from "vitest"
import type { SecretStore } from "../../../bot/accounts/channel-kind.ts"
import { bodyOf } from "../../../bot/body.ts"
import { type ZaloPersonalSecrets, type ZaloPersonalSettings, zaloPersonalSettings } from "../../../bot/channels/zalo-personal/account.ts"
import { createZaloPersonalChannel } from "../../../bot/channels/zalo-personal/channel.ts"
import type { Pace } from "../../../bot/channels/zalo-personal/supervisor.ts"
import type { Logger } from "../../../bot/logger.ts"
import type { Health, InboundEvent, OutboundMessage, Sink } from "../../../bot/message.ts"
import { channelWorld } from "../../support/channel-world.ts"
import { until } from "../../support/until.ts"
import { OWN_UID } from "./fake-account.ts"
import { type FakeZalo, startFakeZalo } from "./fake-zalo.ts"

export const ACCOUNT = `zalo_personal:${OWN_UID}`
export const HOA = "7001000000000000001"

/** Nobody waits half a minute in a test; what a test is about it says itself. */
export const QUICK: Pace = {
  callMs: 2000,
  handshakeMs: 2000,
  holdMs: 60,
  keepAliveMs: 60_000,
  uploadMs: 2000,
  kickedMs: 50,
  patience: () => 20,
}

export interface Given {
  readonly settings?: Partial<ZaloPersonalSettings>
  readonly pace?: Partial<Pace>
  readonly cookieSession?: string
  readonly accept?: Sink["accept"]
  readonly now?: () => Date
  readonly qrValidMs?: number
  readonly logger?: Logger
  /** Another process of ours at the same Zalo. */
  readonly zalo?: FakeZalo
  readonly store?: MemoryStore
}

export interface MemoryStore extends SecretStore<ZaloPersonalSecrets> {
  saved: ZaloPersonalSecrets
  writes: number
}

export function secretsOf(session: string): ZaloPersonalSecrets {
  const cookie = [{ key: "zpsid", value: session, domain: "zalo.me", path: "/", secure: true, httpOnly: true }]
  return { credentials: { uid: OWN_UID, imei: "imei-of-the-office", userAgent: "Firefox of the office", cookie } }
}

export function memoryStore(saved: ZaloPersonalSecrets): MemoryStore {
  const store: MemoryStore = {
    saved,
    writes: 0,
    read: () => Promise.resolve(store.saved),
    write: (secrets) => {
      // As it would be read from a disk: nothing is shared with who wrote it.
      store.saved = structuredClone(secrets)
      store.writes += 1
      return Promise.resolve()
    },
  }
  return store
}

/** The channel at a fake Zalo, not started yet, with a sink that keeps what arrives. */
export async function scene(given: Given = {}) {
  const zalo = given.zalo ?? (await startFakeZalo())
  const store = given.store ?? memoryStore(secretsOf(given.cookieSession ?? zalo.account.session))
  const settings = { ...zaloPersonalSettings.parse({}), ...given.settings }
  const world = channelWorld({ ...(given.logger ? { logger: given.logger } : {}), ...(given.now ? { now: given.now } : {}) })
  const outside = { fetch: zalo.fetch, pace: { ...QUICK, ...given.pace }, ...(given.qrValidMs ? { qrValidMs: given.qrValidMs } : {}) }
  const channel = await createZaloPersonalChannel({ accountId: ACCOUNT, settings, secrets: store }, world, outside)
  const events: InboundEvent[] = []
  const healths: Health[] = []
  const sink: Sink = {
    accept: given.accept ?? ((arrived) => Promise.resolve((events.push(...arrived), []))),
    handled: () => Promise.reject(new Error("not asked for")),
    health: (health) => healths.push(health),
  }
  const stop = async () => {
    await channel.stop()
    if (!given.zalo) await zalo.stop()
  }
  onTestFinished(stop)
  return { zalo, store, channel, events, healths, start: () => channel.start(sink) }
}

/** The channel started and its socket open. */
export async function online(given: Given = {}) {
  const open = await scene(given)
  await open.start()
  await until(() => {
    if (open.healths.at(-1)?.state !== "online") throw new Error("not online yet")
  })
  return open
}

let messages = 0

export function message(peerId: string, over: Partial<OutboundMessage> & { text?: string } = {}): OutboundMessage {
  const { text = "Dạ, xin ông/bà mang giấy chứng sinh.", ...rest } = over
  return {
    idempotencyKey: `message-${(messages += 1)}`,
    to: { accountId: ACCOUNT, peerId },
    purpose: "reply",
    body: bodyOf(text),
    choices: [],
    ...rest,
  }
}

export function textsOf(events: readonly InboundEvent[]): string[] {
  return events.flatMap((event) => (event.type === "message" ? [event.text] : []))
}
