import type { Engine } from "../engine.ts"
import type { Logger } from "../logger.ts"
import type { Channel, ChannelKind, Health } from "../message.ts"
import type { Account, AccountStore } from "./account-store.ts"
import type { AnyChannelKind, ChannelWorld, SecretStore } from "./channel-kind.ts"
import type { Leases } from "./lease.ts"

/** An account that the environment names instead of the staff area. */
export interface FixedAccount {
  readonly account: Account
  readonly secrets: unknown
}

export interface AccountOverview extends Account {
  readonly health: Health
  /** Since when its health has this state; null while it is not open. */
  readonly since: Date | null
  /** Named by the environment. */
  readonly fixed: boolean
}

export interface AccountManager {
  /** Opens, changes and closes channels until they are as staff want them; also what another process changed. */
  refresh(): Promise<void>
  /** Every account with how it is, also the ones that are switched off. */
  overview(): Promise<readonly AccountOverview[]>
  start(): Promise<void>
  stop(): Promise<void>
}

interface Dependencies {
  readonly store: AccountStore
  readonly leases: Leases
  readonly kinds: ReadonlyMap<ChannelKind, AnyChannelKind>
  readonly engine: Pick<Engine, "attach" | "detach" | "health" | "since">
  readonly fixed: readonly FixedAccount[]
  readonly world: ChannelWorld
  readonly logger: Logger
  /** How often leases are renewed and changes of other processes are looked for (ms). */
  readonly everyMs?: number
}

/** Why an account is not being served, and since when. */
interface Trouble {
  readonly health: Health
  readonly since: Date
}

interface Running {
  readonly channel: Channel
  readonly version: number
  attached: boolean
}

const EVERY_MS = 5000
const OFF: Health = { state: "off" }

/** Keeps the open channels as the accounts say, without a restart; of two processes one serves what only one may serve. */
export function createAccountManager(dependencies: Dependencies): AccountManager {
  const { store, engine, fixed, logger, everyMs = EVERY_MS } = dependencies
  const running = new Map<string, Running>()
  const trouble = new Map<string, Trouble>()
  const serve = createServe(dependencies, { running, trouble })
  let turn: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  let stopped = false

  const wanted = async () => {
    const own = await store.list()
    const given = fixed.map(({ account }) => account)
    return [...given, ...own.filter(({ accountId }) => !given.some((one) => one.accountId === accountId))]
  }
  const reconcile = async () => {
    const accounts = (await wanted()).filter(({ enabled }) => enabled && !stopped)
    for (const [accountId, { version }] of running) {
      if (!accounts.some((account) => account.accountId === accountId && account.version === version)) await serve.end(accountId)
    }
    for (const account of accounts) await serve.open(account)
  }
  /** One at a time; a failure is told and the next turn tries again. */
  const refresh = () => {
    turn = turn.then(reconcile).catch((error: unknown) => {
      logger.error({ error: error instanceof Error ? error.name : typeof error }, "Channels could not be brought up to date")
    })
    return turn
  }
  return {
    refresh,
    async overview() {
      const how = (accountId: string) =>
        trouble.get(accountId) ?? { health: engine.health().get(accountId) ?? OFF, since: engine.since(accountId) }
      const isFixed = (accountId: string) => fixed.some(({ account }) => account.accountId === accountId)
      return (await wanted()).map((account) => ({
        ...account,
        ...(account.enabled ? how(account.accountId) : { health: OFF, since: null }),
        fixed: isFixed(account.accountId),
      }))
    },
    async start() {
      await refresh()
      timer = setInterval(() => void refresh(), everyMs)
      timer.unref()
    },
    async stop() {
      stopped = true
      if (timer) clearInterval(timer)
      await refresh()
    },
  }
}

interface Books {
  readonly running: Map<string, Running>
  readonly trouble: Map<string, Trouble>
}

function createServe({ store, leases, kinds, engine, fixed, world, logger }: Dependencies, { running, trouble }: Books) {
  const secretsOf = (accountId: string, kind: AnyChannelKind): SecretStore<unknown> => {
    const given = fixed.find(({ account }) => account.accountId === accountId)
    return given ? inMemory(given.secrets) : store.secrets(accountId, kind.secrets)
  }
  const prepare = async ({ accountId, kind: name, settings, version }: Account) => {
    const kind = kinds.get(name)
    if (!kind) throw new TypeError(`no channel of the kind ${name}`)
    const channel = await kind.open({ accountId, settings, secrets: secretsOf(accountId, kind) }, world)
    const made: Running = { channel, version, attached: false }
    running.set(accountId, made)
    return made
  }
  const troubled = (accountId: string, health: Health) => {
    const known = trouble.get(accountId)
    const since = known?.health.state === health.state ? known.since : world.now()
    trouble.set(accountId, { health, since })
  }
  const open = async (account: Account) => {
    const { accountId } = account
    try {
      const one = running.get(accountId) ?? (await prepare(account))
      const ours = !one.channel.exclusive || (await leases.hold(accountId))
      if (ours === one.attached) return
      one.attached = ours
      if (ours) trouble.delete(accountId)
      else troubled(accountId, { state: "standby" })
      await (ours ? engine.attach(one.channel) : engine.detach(accountId))
    } catch (error) {
      running.delete(accountId)
      troubled(accountId, {
        state: "needs_human",
        why: "bad_settings",
        reason: "Không mở được kênh này: xin kiểm tra lại thông tin đã nhập.",
      })
      logger.error({ accountId, error: error instanceof Error ? error.name : typeof error }, "Channel could not be opened")
    }
  }
  const end = async (accountId: string) => {
    running.delete(accountId)
    trouble.delete(accountId)
    await engine.detach(accountId)
    await leases.release(accountId)
  }
  return { open, end }
}

/** What the environment gives is not written back: a rotated secret lives as long as the program. */
function inMemory(given: unknown): SecretStore<unknown> {
  let secrets = given
  return {
    read: () => Promise.resolve(secrets),
    write: (next) => {
      secrets = next
      return Promise.resolve()
    },
  }
}
