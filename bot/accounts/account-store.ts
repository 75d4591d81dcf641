import type { z } from "zod"
import { AppError, InvalidInputError } from "../../errors.ts"
import type { Database, Transaction } from "../../prisma/database.ts"
import { plainJson } from "../answer-record.ts"
import { CHANNEL_KINDS, type ChannelKind } from "../message.ts"
import type { AnyChannelKind, SecretStore } from "./channel-kind.ts"
import type { Vault } from "./vault.ts"

/** An account as staff see it: its secrets never leave the vault. */
export interface Account {
  readonly accountId: string
  readonly kind: ChannelKind
  readonly name: string
  readonly enabled: boolean
  readonly settings: unknown
  readonly version: number
}

export interface NewAccount {
  readonly kind: ChannelKind
  readonly name: string
  readonly enabled: boolean
  readonly settings: unknown
  /** Makes the secrets from those that are there (null for a new account); left out when they stay as they are. */
  readonly secrets?: (before: unknown) => unknown
}

export interface AccountStore {
  list(): Promise<readonly Account[]>
  /**
   * Makes the account or changes it, inside the transaction of whoever asks. Throws InvalidAccountError with every fault, and
   * where what was given belongs to another account: an account that is there is never turned into another one.
   */
  save(tx: Transaction, account: NewAccount & { readonly accountId?: string }): Promise<Account>
  /** Rejects with InvalidAccountError and every fault of the settings of an account that is to be. */
  checkSettings(kind: ChannelKind, settings: unknown): Promise<void>
  setEnabled(tx: Transaction, given: { accountId: string; enabled: boolean }): Promise<void>
  remove(tx: Transaction, accountId: string): Promise<void>
  secrets(accountId: string, schema: z.ZodType): SecretStore<unknown>
}

/** What was given for an account cannot be used; `fields` tells what is wrong with each part, by its name. */
export class InvalidAccountError extends InvalidInputError {
  readonly fields: Readonly<Record<string, string>>
  constructor(message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message, Object.values(fields))
    this.fields = fields
  }
}

/** Somebody else wrote the secrets since they were read. */
export class SecretsMovedError extends AppError {
  readonly code = "secrets_moved"
}

interface Dependencies {
  readonly db: Database
  readonly vault: Vault
  readonly kinds: ReadonlyMap<ChannelKind, AnyChannelKind>
  readonly now: () => Date
}

/** The accounts that staff set up, with their secrets encrypted at rest. */
export function createAccountStore({ db, vault, kinds, now }: Dependencies): AccountStore {
  const kindOf = (name: ChannelKind) => {
    const kind = kinds.get(name)
    if (!kind) throw new InvalidInputError("Loại kênh này không thiết lập được ở đây")
    return kind
  }
  return {
    list: async () => (await db.channelAccount.findMany({ orderBy: { createdAt: "asc" } })).map(toAccount),
    async save(tx, { accountId: known, kind: name, secrets: make, ...account }) {
      const kind = kindOf(name)
      const before = known === undefined ? null : await tx.channelAccount.findUniqueOrThrow({ where: { accountId: known } })
      const old = before && vault.open(before.secrets, before.accountId)
      const { settings, secrets } = checked(kind, { settings: account.settings, secrets: make ? make(old) : old })
      const accountId = `${name}:${kind.accountKey(settings, secrets)}`
      if (before ? before.accountId !== accountId : await tx.channelAccount.findUnique({ where: { accountId } }))
        throw new InvalidAccountError(before ? OTHER_ACCOUNT : KNOWN_ACCOUNT)
      const data = {
        kind: name,
        name: account.name,
        enabled: account.enabled,
        settings: plainJson(settings as object),
        secrets: vault.seal(secrets as object, accountId),
        updatedAt: now(),
      }
      const row = await tx.channelAccount.upsert({
        where: { accountId },
        create: { accountId, ...data, version: 1, createdAt: now() },
        update: { ...data, version: { increment: 1 } },
      })
      return toAccount(row)
    },
    async checkSettings(name, settings) {
      const { error } = await kindOf(name).settings.safeParseAsync(settings)
      if (error) throw invalid(error.issues)
    },
    async setEnabled(tx, { accountId, enabled }) {
      await tx.channelAccount.update({ where: { accountId }, data: { enabled, version: { increment: 1 }, updatedAt: now() } })
    },
    async remove(tx, accountId) {
      await tx.channelAccount.delete({ where: { accountId } })
      await tx.peerPhone.deleteMany({ where: { accountId } })
      await tx.staffTopic.deleteMany({ where: { accountId } })
    },
    secrets: (accountId, schema) => createSecrets({ db, vault, accountId, schema }),
  }
}

interface Place {
  readonly db: Database
  readonly vault: Vault
  readonly accountId: string
  readonly schema: z.ZodType
}

/** Rotated secrets: written only over what was read, so that of two processes one renews and the other reads again. */
function createSecrets({ db, vault, accountId, schema }: Place): SecretStore<unknown> {
  let seen: string | null = null
  return {
    async read() {
      const row = await db.channelAccount.findUniqueOrThrow({ where: { accountId } })
      seen = row.secrets
      return schema.parse(vault.open(row.secrets, accountId))
    },
    // Rotated by the platform, not changed by staff: the version stays, so the channel is not opened anew.
    async write(secrets) {
      const sealed = vault.seal(schema.parse(secrets) as object, accountId)
      const written = await db.channelAccount.updateMany({
        where: { accountId, ...(seen === null ? {} : { secrets: seen }) },
        data: { secrets: sealed },
      })
      if (written.count !== 1) throw new SecretsMovedError("The secrets were changed meanwhile")
      seen = sealed
    },
  }
}

const OTHER_ACCOUNT = "Thông tin này là của một tài khoản khác. Xin thêm tài khoản đó thành một kênh mới."
const KNOWN_ACCOUNT = "Tài khoản này đã có trong danh sách kênh. Xin sửa kênh đã có."

/** Settings and secrets as their schemas read them. Throws InvalidAccountError with the first fault of each part of both. */
function checked(kind: AnyChannelKind, given: { settings: unknown; secrets: unknown }) {
  const [settings, secrets] = [kind.settings.safeParse(given.settings), kind.secrets.safeParse(given.secrets ?? {})]
  if (settings.success && secrets.success) return { settings: settings.data, secrets: secrets.data }
  throw invalid([settings, secrets].flatMap(({ error }) => error?.issues ?? []))
}

function invalid(issues: readonly z.core.$ZodIssue[]): InvalidAccountError {
  const fields = Object.fromEntries(issues.toReversed().map(({ path, message }) => [path.join("."), message]))
  return new InvalidAccountError("Thông tin kênh chưa đúng", fields)
}

interface StoredAccount {
  readonly accountId: string
  readonly kind: string
  readonly name: string
  readonly enabled: boolean
  readonly settings: unknown
  readonly version: number
}

function toAccount({ accountId, kind, name, enabled, settings, version }: StoredAccount): Account {
  return { accountId, kind: CHANNEL_KINDS.find((known) => known === kind) ?? "web", name, enabled, settings, version }
}
