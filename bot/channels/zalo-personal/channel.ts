import type { API } from "zca-js"
import type { ChannelWorld, OpenAccount } from "../../accounts/channel-kind.ts"
import { type Capabilities, type Channel, type OutboundMessage, PLAIN_TEXT, type Sink } from "../../message.ts"
import { openSecrets, type SecretsKeeper, type ZaloPersonalSecrets, type ZaloPersonalSettings } from "./account.ts"
import { createArrivals } from "./arrivals.ts"
import { createCalls } from "./calls.ts"
import { createCondition } from "./condition.ts"
import { createCookieKeeping } from "./connection.ts"
import { createEchoes } from "./echoes.ts"
import { createFriends } from "./friends.ts"
import { createFrameReader } from "./incoming.ts"
import { fetchZaloMedia, MAX_DOWNLOAD_BYTES } from "./media.ts"
import { loginByQr, QR_VALID_MS, type QrOutcome, type QrWatch } from "./qr-login.ts"
import { MAX_TEXT } from "./render.ts"
import { createSending } from "./sending.ts"
import { loadLibrary, type ZaloLibrary } from "./session.ts"
import { createStrangers } from "./strangers.ts"
import { createSupervisor, type Pace } from "./supervisor.ts"
import { createUploads } from "./uploads.ts"

/** What a test puts in the place of the world outside. */
export interface ZaloOutside {
  readonly fetch?: typeof fetch
  readonly pace?: Partial<Pace>
  readonly qrValidMs?: number
}

export interface ZaloPersonalChannel extends Channel {
  /** Signs this account in again; what another account scans is refused. */
  loginByQr(watch: QrWatch): Promise<QrOutcome>
}

interface Given {
  readonly account: OpenAccount<ZaloPersonalSettings, ZaloPersonalSecrets>
  readonly world: ChannelWorld
  readonly library: ZaloLibrary
  readonly secrets: SecretsKeeper
  readonly fetch: typeof fetch
  readonly pace: Pace
}

const SHORTEST_PATIENCE_MS = 2000
const LONGEST_PATIENCE_MS = 300_000
const MEDIA_MS = 120_000
const PACE: Pace = {
  callMs: 30_000,
  handshakeMs: 30_000,
  holdMs: 400,
  keepAliveMs: 120_000,
  uploadMs: 60_000,
  kickedMs: 60_000,
  patience: doublingWithJitter,
}
const CAPABILITIES: Capabilities = {
  ...PLAIN_TEXT,
  maxText: MAX_TEXT,
  bold: true,
  inbound: new Set(["image", "video", "voice", "file", "sticker", "location", "contact"]),
  outbound: new Set(["image", "video", "audio", "file"]),
  maxUploadBytes: 100_000_000,
  maxDownloadBytes: MAX_DOWNLOAD_BYTES,
  receipts: "delivered_and_seen",
  retracts: true,
  staffWritesThere: true,
  proactive: "after_first_contact",
}

/** One personal account of Zalo's through zca-js: unofficial, slow on purpose, and never for those who did not write first. */
export async function createZaloPersonalChannel(
  account: Given["account"],
  world: ChannelWorld,
  outside: ZaloOutside = {},
): Promise<ZaloPersonalChannel> {
  const [library, secrets] = await Promise.all([loadLibrary(), openSecrets(account.secrets)])
  const given: Given = { account, world, library, secrets, fetch: outside.fetch ?? fetch, pace: { ...PACE, ...outside.pace } }
  let serving: ReturnType<typeof serve> | null = null
  return {
    accountId: account.accountId,
    capabilities: CAPABILITIES,
    disclosesAi: false,
    resendIsHarmless: false,
    exclusive: true,
    start(sink) {
      serving = serve(given, sink)
      return Promise.resolve()
    },
    async stop() {
      await serving?.stop()
      serving = null
    },
    send: async (message, partsSent) => {
      if (serving) return serving.send(message, partsSent)
      return { ok: false, partsSent, failure: { kind: "unreachable", detail: "Not started" } }
    },
    fetchMedia: (source, signal) => fetchZaloMedia(source, { fetch: given.fetch, deadlineMs: MEDIA_MS, signal }),
    async loginByQr(watch) {
      const known = secrets.current().credentials
      const { fetch: over } = given
      const result = await loginByQr({ library, fetch: over, watch, now: world.now, validMs: outside.qrValidMs ?? QR_VALID_MS, known })
      if (result.kind !== "signed_in") return result
      await secrets.change((now) => ({ ...now, credentials: result.credentials }))
      serving?.renew()
      return { kind: "signed_in", uid: result.credentials.uid }
    },
  }
}

/** Everything that lives from start to stop. */
function serve(given: Given, sink: Sink) {
  const { account, world, secrets, pace } = given
  const { logger, now } = world
  const stop = new AbortController()
  const stopping = stop.signal
  const calls = createCalls({ fetch: given.fetch, callMs: pace.callMs, stopping })
  const condition = createCondition(sink.health)
  const strangers = createStrangers({ perDay: account.settings.strangersPerDay, secrets, now })
  const uploads = createUploads()
  const echoes = createEchoes(now)
  const arrivals = createArrivals({ accept: sink.accept, logger, holdMs: pace.holdMs, echoes, patience: pace.patience, stopping })
  const frames = createFrameReader({
    reading: { accountId: account.accountId, uid: secrets.current().credentials.uid, now },
    logger,
    arrived: (arrival) => arrivals.push(arrival),
    uploaded: uploads.finished,
    friend: (change, uid) => friends.changed(change, uid, account.settings.acceptFriends ? supervisor.api() : null),
  })
  const friends = createFriends({ calls, strangers, logger })
  const prepare = async (api: API) => {
    api.getContext().uploadCallbacks = uploads.callbacks
    await friends.read(api)
  }
  const supervisor = createSupervisor({
    ...given,
    calls,
    condition,
    logger,
    now,
    stopping,
    prepare,
    onFrame: (frame, key) => frames.read(frame, key),
  })
  const keepCookies = createCookieKeeping(secrets, logger)
  const chooseByNumber = world.texts.chooseByNumber
  const sending = createSending({ calls, condition, echoes, keepCookies, strangers, supervisor, pace, chooseByNumber })

  condition.connection({ state: "connecting" })
  const running = supervisor.run()
  return {
    send: (message: OutboundMessage, partsSent: number) => sending.send(message, partsSent),
    renew: () => supervisor.renew(),
    async stop() {
      stop.abort()
      await running
      await arrivals.flush()
    },
  }
}

/** Never in step with others, and never in step with Zalo's own minutes. */
function doublingWithJitter(failures: number): number {
  const whole = Math.min(SHORTEST_PATIENCE_MS * 2 ** (failures - 1), LONGEST_PATIENCE_MS)
  return whole * (0.5 + Math.random() / 2)
}
