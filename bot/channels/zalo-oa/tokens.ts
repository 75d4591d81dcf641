import type { SecretStore } from "../../accounts/channel-kind.ts"
import type { Logger } from "../../logger.ts"
import type { SendFailure } from "../../message.ts"
import type { HealthBoard } from "../health-board.ts"
import { rest } from "../pace.ts"
import type { ZaloOaSecrets } from "./account.ts"
import { FAULTS } from "./health.ts"
import type { Renewed } from "./oauth.ts"

export type Access = { readonly ok: true; readonly token: string } | { readonly ok: false; readonly failure: SendFailure }

export interface Tokens {
  /** A token that is valid by its own date. */
  current(): Promise<Access>
  /** Another token than the one that Zalo has just refused. */
  insteadOf(refused: string): Promise<Access>
  /** Renews ahead of time; never rejects. */
  keepFresh(): Promise<void>
  /** Resolves when no renewal is under way. */
  settled(): Promise<void>
}

interface Dependencies {
  readonly secrets: SecretStore<ZaloOaSecrets>
  readonly renewPair: (secrets: ZaloOaSecrets) => Promise<Renewed>
  readonly board: () => HealthBoard
  readonly logger: Logger
  readonly now: () => Date
  readonly signal: AbortSignal
}

// A token lives 25 hours: renewed when half of that is left, so twice a day.
const RENEW_BEFORE_MS = 13 * 3_600_000
const MARGIN_MS = 60_000
// Longer than the request can take: who holds the claim has either stored the new pair by then or never will.
const CLAIM_MS = 60_000
const LOOK_AGAIN_MS = 100
const MOST_CONFLICTS = 10
const REFUSED_FOR_MS = 1_800_000
const REFUSED_ALREADY: SendFailure = { kind: "auth", detail: "refresh token refused" }

/**
 * The tokens of one Official Account. The refresh token can be spent once, so one process claims it in the store (whose writes
 * fail when somebody else wrote since), and the new pair is stored before it is used.
 */
export function createTokens(dependencies: Dependencies): Tokens {
  const { secrets, board, logger, now } = dependencies
  const renewal = createRenewal(dependencies)
  let held: ZaloOaSecrets | null = null
  let running: Promise<Access> | null = null

  const hold = (renewed: ZaloOaSecrets | SendFailure): Access => {
    if ("kind" in renewed) return { ok: false, failure: renewed }
    held = renewed
    return { ok: true, token: renewed.accessToken }
  }
  const renew = (stale: string) =>
    (running ??= renewal(stale)
      .then(hold)
      .finally(() => {
        running = null
      }))
  const leftMs = ({ accessExpiresAt }: ZaloOaSecrets) =>
    accessExpiresAt === undefined ? null : new Date(accessExpiresAt).getTime() - now().getTime()
  const read = async () => {
    held ??= await secrets.read()
    board().well("secrets")
    return held
  }

  return {
    async current() {
      const known = await read()
      return (leftMs(known) ?? Infinity) < MARGIN_MS ? renew(known.accessToken) : { ok: true, token: known.accessToken }
    },
    async insteadOf(refused) {
      const { accessToken } = await read()
      return accessToken === refused ? renew(refused) : { ok: true, token: accessToken }
    },
    async keepFresh() {
      try {
        const known = await read()
        if ((leftMs(known) ?? 0) < RENEW_BEFORE_MS) await renew(known.accessToken)
      } catch (error) {
        board().fault("secrets", FAULTS.unreadable)
        logger.error({ error: error instanceof Error ? error.name : typeof error }, "Zalo OA secrets cannot be read")
      }
    },
    async settled() {
      await running?.catch(() => undefined)
    },
  }
}

/** Keeps a new pair until it is stored: the old one is spent, so nothing else can take its place. */
function createStoring({ secrets, board, logger }: Dependencies) {
  let unstored: { readonly spent: string; readonly fresh: ZaloOaSecrets } | null = null

  const store = async (spent: string, fresh: ZaloOaSecrets): Promise<ZaloOaSecrets | SendFailure> => {
    unstored = { spent, fresh }
    try {
      await secrets.write(fresh)
    } catch (error) {
      logger.error({ error: error instanceof Error ? error.name : typeof error }, "New Zalo OA tokens could not be stored")
      board().fault("token", FAULTS.notStored)
      return { kind: "unreachable", detail: "tokens not stored" }
    }
    unstored = null
    board().well("token")
    return fresh
  }
  /** Stores what could not be stored earlier; null when there is nothing of the kind. */
  const storeLate = (stored: ZaloOaSecrets) => (unstored?.spent === stored.refreshToken ? store(unstored.spent, unstored.fresh) : null)
  return { store, storeLate }
}

/** Comes to secrets with another access token than the stale one, or to why there is none. */
function createRenewal(dependencies: Dependencies) {
  const { secrets, renewPair, board, logger, now, signal } = dependencies
  const { store, storeLate } = createStoring(dependencies)
  let refusal: { refreshToken: string; until: number } | null = null

  const spend = async (claimed: ZaloOaSecrets): Promise<ZaloOaSecrets | SendFailure> => {
    const plain = unclaimed(claimed)
    const renewed = await renewPair(plain)
    if (renewed.kind === "pair") {
      const { accessToken, refreshToken, lifeMs } = renewed
      const accessExpiresAt = new Date(now().getTime() + lifeMs).toISOString()
      return store(plain.refreshToken, { ...plain, accessToken, refreshToken, accessExpiresAt })
    }
    await secrets.write(plain).catch(() => undefined)
    logger.warn({ detail: renewed.detail, kind: renewed.kind }, "Zalo OA tokens were not renewed")
    if (renewed.kind !== "refused") {
      board().fault("token", FAULTS.notRenewed(renewed.detail))
      return { kind: "unreachable", detail: `token: ${renewed.detail}` }
    }
    refusal = { refreshToken: plain.refreshToken, until: now().getTime() + REFUSED_FOR_MS }
    board().fault("token", FAULTS.tokenRevoked)
    return { kind: "auth", detail: renewed.detail }
  }

  return async (stale: string): Promise<ZaloOaSecrets | SendFailure> => {
    let conflicts = 0
    for (let looks = 0; looks * LOOK_AGAIN_MS <= CLAIM_MS && conflicts < MOST_CONFLICTS && !signal.aborted; looks += 1) {
      const stored = await secrets.read()
      const late = storeLate(stored)
      if (late) return late
      if (stored.accessToken !== stale) {
        board().well("token")
        return stored
      }
      if (refusal?.refreshToken === stored.refreshToken && refusal.until > now().getTime()) return REFUSED_ALREADY
      if (stored.renewingUntil === undefined || new Date(stored.renewingUntil) <= now()) {
        const claim = { ...stored, renewingUntil: new Date(now().getTime() + CLAIM_MS).toISOString() }
        if (await claimed(secrets, claim)) return spend(claim)
        conflicts += 1
      }
      await rest(LOOK_AGAIN_MS, signal)
    }
    if (conflicts >= MOST_CONFLICTS) board().fault("token", FAULTS.notStored)
    return { kind: "unreachable", detail: "token not renewed" }
  }
}

function unclaimed(secrets: ZaloOaSecrets): ZaloOaSecrets {
  const plain = { ...secrets }
  delete plain.renewingUntil
  return plain
}

/** False when somebody else wrote since the secrets were read. */
function claimed(secrets: SecretStore<ZaloOaSecrets>, claim: ZaloOaSecrets): Promise<boolean> {
  return secrets.write(claim).then(
    () => true,
    () => false,
  )
}
