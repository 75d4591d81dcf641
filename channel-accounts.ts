import { hostname } from "node:os"
import type { SignInPurpose } from "./admin/routes/channel-sign-ins.ts"
import { type AccountStore, createAccountStore } from "./bot/accounts/account-store.ts"
import { CHANNEL_KIND_TABLE } from "./bot/accounts/kinds.ts"
import { createLeases, isAlive } from "./bot/accounts/lease.ts"
import { type AccountManager, createAccountManager, type FixedAccount } from "./bot/accounts/manager.ts"
import { createPhoneBook } from "./bot/accounts/phone-book.ts"
import { createQrSignIns, type QrSignIns } from "./bot/accounts/qr-sign-ins.ts"
import { createVault } from "./bot/accounts/vault.ts"
import type { Desk } from "./bot/desk.ts"
import type { Media } from "./bot/media/media.ts"
import { createStaffRoom } from "./bot/staff-room.ts"
import { signInToZalo } from "./bot/channels/zalo-personal/kind.ts"
import type { Engine } from "./bot/engine.ts"
import type { Health } from "./bot/message.ts"
import { vi } from "./bot/texts/conversation.ts"
import type { Installation, Outside } from "./app.ts"
import type { Config } from "./config.ts"
import type { Logger } from "./logger.ts"

interface Parts {
  readonly installation: Installation
  readonly engine: Engine
  readonly desk: Desk
  readonly media: Media
  readonly world: Outside
  readonly logger: Logger
}

export interface ChannelAccounts {
  readonly store: AccountStore
  readonly manager: AccountManager
  /** Signing in by a picture that a telephone scans. */
  readonly signIns: QrSignIns<SignInPurpose>
}

/** The accounts of the staff area, and the bot that the environment names. */
export function channelAccounts(config: Config, { installation, engine, desk, media, world, logger }: Parts): ChannelAccounts {
  const { db, dataDir } = installation
  const vault = createVault(dataDir.secrets.encryptionKey)
  const store = createAccountStore({ db, vault, kinds: CHANNEL_KIND_TABLE, now: world.now })
  const holder = { host: hostname(), pid: process.pid }
  const leases = createLeases({ db, now: world.now, holder, isAlive })
  const manager = createAccountManager({
    store,
    leases,
    kinds: CHANNEL_KIND_TABLE,
    engine,
    fixed: fixedAccounts(config),
    world: {
      ...{ texts: vi, logger, now: world.now },
      phones: createPhoneBook({ db, vault, now: world.now }),
      room: createStaffRoom({ db, desk, uploads: media, now: world.now }),
    },
    logger,
  })
  const signIns = createQrSignIns<SignInPurpose>({
    signIn: (watch, known) => signInToZalo(watch, { now: world.now, ...(known ? { known } : {}) }),
    logger,
  })
  return { store, manager, signIns }
}

function fixedAccounts({ telegram }: Config): readonly FixedAccount[] {
  if (!telegram) return []
  const accountId = `telegram:${telegram.token.split(":", 1)[0] ?? ""}`
  const settings = telegram.apiRoot ? { apiRoot: telegram.apiRoot } : {}
  const account = { accountId, kind: "telegram", name: "Telegram (.env)", enabled: true, settings, version: 1 } as const
  return [{ account, secrets: { token: telegram.token } }]
}

/** How every channel is, the switched-off ones and those that another process serves included. */
export async function channelHealth(engine: Pick<Engine, "health">, accounts: AccountManager): Promise<ReadonlyMap<string, Health>> {
  const all = (await accounts.overview()).map(({ accountId, health }) => [accountId, health] as const)
  return new Map([...engine.health(), ...all])
}
