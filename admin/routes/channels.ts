import { type Account, type AccountStore, InvalidAccountError } from "../../bot/accounts/account-store.ts"
import type { AccountManager, AccountOverview } from "../../bot/accounts/manager.ts"
import type { Health } from "../../bot/message.ts"
import { callOffAccount } from "../../bot/outbox/call-off.ts"
import { NotFoundError } from "../../errors.ts"
import { conflict, Refusal, wrongField } from "../api/refusal.ts"
import { type ApiRoute, read, write } from "../api/route.ts"
import { allForms, type ChannelForm, formOf, kindNamed, laidOver, readValues, shownValues } from "../channels/forms.ts"
import { channelRefusals, remedies } from "../channels/texts.ts"
import { addChannel, changeChannel, type ChannelRow, listChannels, removeChannel, switchChannel } from "../contract/channels.ts"
import { refusals } from "../texts.ts"

export interface ChannelsDependencies {
  readonly accountStore: AccountStore
  readonly accountManager: Pick<AccountManager, "overview" | "refresh">
}

/** The channels that staff set up: each change holds at once, without a restart. */
export const channelRoutes = (dependencies: ChannelsDependencies): ApiRoute[] => [
  listing(dependencies),
  adding(dependencies),
  changing(dependencies),
  switching(dependencies),
  removing(dependencies),
]

function listing({ accountManager }: ChannelsDependencies): ApiRoute {
  return read(listChannels, async () => ({
    rows: (await accountManager.overview()).map(rowOf),
    kinds: allForms().map(([kind, { name, warning, help, signInByQr, fields }]) => ({
      ...{ kind, name, warning, help, signInByQr },
      fields: [...fields],
    })),
  }))
}

function rowOf({ accountId, kind, name, enabled, fixed, health, since, settings }: AccountOverview): ChannelRow {
  const form = formOf(kind)
  return {
    ...{ id: accountId, kind, name, enabled, fixed },
    kindName: form?.name ?? kind,
    state: health.state,
    since: since?.toISOString() ?? null,
    reason: "reason" in health ? health.reason : "",
    remedy: remedyOf(health),
    webhook: form?.webhook ? `/webhook/${accountId}` : null,
    values: form ? shownValues(form, settings) : {},
  }
}

/** What staff can do, by what is the matter. */
const remedyOf = (health: Health): string =>
  health.state === "needs_human" ? remedies[health.why ?? "unnamed"] : health.state === "degraded" ? remedies[health.why ?? "degraded"] : ""

function adding({ accountStore, accountManager }: ChannelsDependencies): ApiRoute {
  return write(addChannel, {
    // Whether the environment names it already is seen before; it cannot change while the program runs.
    prepare: async () => new Set((await accountManager.overview()).filter(({ fixed }) => fixed).map(({ accountId }) => accountId)),
    async act(tx, { body: { kind: kindName, name, values } }, fixed) {
      const kind = kindNamed(kindName)
      const form = kind && formOf(kind)
      if (!form) throw wrongField("kind", channelRefusals.noKind)
      const { settings, secrets } = readValues(form, values)
      const account = { kind, name, enabled: true, settings, secrets: () => secrets }
      const { accountId } = await explained(form, () => accountStore.save(tx, account))
      if (fixed.has(accountId)) throw conflict(channelRefusals.fixed)
      const log = { kind: "channel.added", subject: `channel:${accountId}`, details: { channel: name, channelKind: form.name } }
      return { reply: { id: accountId }, log, afterwards: () => accountManager.refresh() }
    },
  })
}

function changing({ accountStore, accountManager }: ChannelsDependencies): ApiRoute {
  return write(changeChannel, {
    prepare: ({ params: { id } }) => own(accountManager, id),
    async act(tx, { params: { id }, body: { name, values } }, account) {
      const form = formOf(account.kind)
      if (!form) throw new NotFoundError("channel")
      const { settings: typed, secrets } = readValues(form, values)
      const change = { ...account, name, settings: { ...hiddenSettings(form, account), ...typed } }
      // Where nothing secret was typed, what the program itself noted stays, too.
      const laid = Object.keys(secrets).length > 0 ? { secrets: (before: unknown) => laidOver(form, before, secrets) } : {}
      await explained(form, () => accountStore.save(tx, { ...change, ...laid }))
      const details = { channel: name, before: { channel: account.name }, fields: changedFields(form, { account, values }) }
      return { reply: {}, log: { kind: "channel.changed", subject: `channel:${id}`, details }, afterwards: () => accountManager.refresh() }
    },
  })
}

function switching({ accountStore, accountManager }: ChannelsDependencies): ApiRoute {
  return write(switchChannel, {
    prepare: ({ params: { id } }) => own(accountManager, id),
    async act(tx, { body: { enabled } }, { accountId, name }) {
      await accountStore.setEnabled(tx, { accountId, enabled })
      const kind = enabled ? "channel.switched_on" : "channel.switched_off"
      const log = { kind, subject: `channel:${accountId}`, details: { channel: name } }
      return { reply: {}, log, afterwards: () => accountManager.refresh() }
    },
  })
}

function removing({ accountStore, accountManager }: ChannelsDependencies): ApiRoute {
  return write(removeChannel, {
    prepare: ({ params: { id } }) => own(accountManager, id),
    async act(tx, _call, { accountId, name }) {
      await accountStore.remove(tx, accountId)
      const calledOff = await callOffAccount(tx, { accountId, why: "channel_removed" })
      const log = { kind: "channel.removed", subject: `channel:${accountId}`, details: { channel: name, calledOff } }
      return { reply: {}, log, afterwards: () => accountManager.refresh() }
    },
  })
}

/** The account when staff may change it. */
export async function own(manager: ChannelsDependencies["accountManager"], id: string): Promise<Account> {
  const account = (await manager.overview()).find(({ accountId }) => accountId === id)
  if (!account) throw new NotFoundError("channel")
  if (account.fixed) throw conflict(channelRefusals.fixed)
  const { accountId, kind, name, enabled, settings, version } = account
  return { accountId, kind, name, enabled, settings, version }
}

/** What the form does not show stays as it is. */
function hiddenSettings({ fields }: ChannelForm, { settings }: Account) {
  const shown = new Set(fields.map(({ name }) => name))
  return Object.fromEntries(Object.entries(Object(settings) as object).filter(([name]) => !shown.has(name)))
}

/** The labels of what is another now: of secrets, those that were typed. */
function changedFields(form: ChannelForm, given: { account: Account; values: Readonly<Record<string, string>> }): string[] {
  const before = shownValues(form, given.account.settings)
  const changed = form.fields.filter(({ name }) => (given.values[name] ?? "").trim() !== (before[name] ?? ""))
  return changed.map(({ label }) => label)
}

/** Tells what is wrong at the fields of the form; what belongs to none of them in a sentence. */
export async function explained<T>({ fields }: ChannelForm, save: () => Promise<T>): Promise<T> {
  try {
    return await save()
  } catch (error) {
    if (!(error instanceof InvalidAccountError)) throw error
    const known = new Set(fields.map(({ name }) => name))
    const faults = Object.entries(error.fields)
    const atFields = faults.filter(([name]) => known.has(name)).map(([name, message]) => [`values.${name}`, message] as const)
    if (atFields.length === 0) throw conflict(faults[0]?.[1] ?? error.message)
    throw new Refusal({ status: 400, code: "invalid_input", message: refusals.invalid, fields: Object.fromEntries(atFields) })
  }
}
