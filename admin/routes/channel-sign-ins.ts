import type { AccountStore } from "../../bot/accounts/account-store.ts"
import type { AccountManager } from "../../bot/accounts/manager.ts"
import type { QrBrought, QrSignIns, QrStep } from "../../bot/accounts/qr-sign-ins.ts"
import { type ZaloPersonalSecrets, zaloPersonalSecrets } from "../../bot/channels/zalo-personal/account.ts"
import type { ChannelKind } from "../../bot/message.ts"
import { NotFoundError } from "../../errors.ts"
import type { Transaction } from "../../prisma/database.ts"
import { conflict, wrongField } from "../api/refusal.ts"
import { type ApiRoute, type AuditNote, read, unlogged, write } from "../api/route.ts"
import { formOf, kindNamed, readValues } from "../channels/forms.ts"
import { channelRefusals } from "../channels/texts.ts"
import { beginSignIn, beginSignInAgain, endSignIn, finishSignIn, readSignIn, type SignInStep } from "../contract/channel-sign-ins.ts"
import { explained, own } from "./channels.ts"

/** The account that a sign-in is for: a new one, or one that is there. */
export type SignInPurpose =
  | { readonly of: "new"; readonly kind: ChannelKind; readonly name: string; readonly settings: unknown }
  | { readonly of: "known"; readonly accountId: string; readonly name: string }

export interface SignInDependencies {
  readonly accountStore: AccountStore
  readonly accountManager: Pick<AccountManager, "overview" | "refresh">
  readonly signIns: QrSignIns<SignInPurpose>
  readonly newId: () => string
}

/** Signing in by a picture that a telephone scans: what comes of it is kept only when the page that showed it asks for that. */
export const channelSignInRoutes = (dependencies: SignInDependencies): ApiRoute[] => [
  beginning(dependencies),
  beginningAgain(dependencies),
  looking(dependencies),
  finishing(dependencies),
  ending(dependencies),
]

function beginning({ accountStore, signIns, newId }: SignInDependencies): ApiRoute {
  return write(beginSignIn, {
    async act(_tx, { body: { kind: kindName, name, values }, actor }) {
      const kind = kindNamed(kindName)
      const form = kind && formOf(kind)
      if (!kind || !form?.signInByQr) throw wrongField("kind", channelRefusals.noKind)
      const { settings } = readValues(form, values)
      // Said now: nobody should scan a picture for a form that will be refused.
      await explained(form, () => accountStore.checkSettings(kind, settings))
      const id = newId()
      const log = {
        kind: "channel.sign_in_begun",
        subject: "channel:new",
        details: { channel: name, channelKind: form.name, accepted: true },
      }
      const purpose = { of: "new", kind, name, settings } as const
      return { reply: { id }, log, afterwards: begin(signIns, id, { owner: actor.sessionId, purpose }) }
    },
  })
}

function beginningAgain({ accountStore, accountManager, signIns, newId }: SignInDependencies): ApiRoute {
  return write(beginSignInAgain, {
    async prepare({ params }) {
      const account = await own(accountManager, params.id)
      if (!formOf(account.kind)?.signInByQr) throw new NotFoundError("channel")
      const { credentials } = (await accountStore.secrets(account.accountId, zaloPersonalSecrets).read()) as ZaloPersonalSecrets
      return { account, credentials }
    },
    act(_tx, { actor }, { account: { accountId, name }, credentials: known }) {
      const id = newId()
      const log = { kind: "channel.sign_in_begun", subject: `channel:${accountId}`, details: { channel: name } }
      const purpose = { of: "known", accountId, name } as const
      return Promise.resolve({ reply: { id }, log, afterwards: begin(signIns, id, { owner: actor.sessionId, purpose, known }) })
    },
  })
}

type Begin = QrSignIns<SignInPurpose>["begin"]

/** Only once the entry in the log is safe. */
const begin = (signIns: QrSignIns<SignInPurpose>, ...given: Parameters<Begin>) => {
  return () => {
    signIns.begin(...given)
    return Promise.resolve()
  }
}

function looking({ signIns }: SignInDependencies): ApiRoute {
  return read(readSignIn, ({ params: { id }, actor, now }) => {
    const step = signIns.look(id, actor.sessionId)
    if (!step) throw new NotFoundError("sign-in")
    return Promise.resolve(shown(step, now))
  })
}

function shown(step: QrStep, now: Date): SignInStep {
  const { state } = step
  if (state !== "waiting") return { state, picture: "", secondsLeft: 0, name: "name" in step ? step.name : "" }
  return { state, picture: step.picture, secondsLeft: Math.max(0, Math.round((step.until.getTime() - now.getTime()) / 1000)), name: "" }
}

function finishing(dependencies: SignInDependencies): ApiRoute {
  const { accountManager, signIns } = dependencies
  return write(finishSignIn, {
    async prepare({ params: { id }, actor }) {
      const brought = signIns.brought(id, actor.sessionId)
      if (!brought) throw conflict(channelRefusals.notSignedIn)
      const { purpose } = brought
      return { brought, account: purpose.of === "known" ? await own(accountManager, purpose.accountId) : null }
    },
    async act(tx, { params: { id }, actor }, { brought, account }) {
      const { accountId, log } = account ? await renew(dependencies, tx, { account, brought }) : await add(dependencies, tx, brought)
      const afterwards = async () => {
        signIns.end(id, actor.sessionId)
        await accountManager.refresh()
      }
      return { reply: { id: accountId, name: brought.name }, log, afterwards }
    },
  })
}

interface Kept {
  readonly accountId: string
  readonly log: AuditNote
}
type Brought = QrBrought<SignInPurpose>

async function add({ accountStore }: SignInDependencies, tx: Transaction, { purpose, credentials, name: scanned }: Brought): Promise<Kept> {
  const form = purpose.of === "new" ? formOf(purpose.kind) : undefined
  if (purpose.of !== "new" || !form) throw new NotFoundError("sign-in")
  const { kind, name, settings } = purpose
  const account = { kind, name, enabled: true, settings, secrets: () => ({ credentials }) }
  const { accountId } = await explained(form, () => accountStore.save(tx, account))
  const details = { channel: name, channelKind: form.name, scanned }
  return { accountId, log: { kind: "channel.added", subject: `channel:${accountId}`, details } }
}

interface Renewal {
  readonly account: Awaited<ReturnType<typeof own>>
  readonly brought: Brought
}

/** Other secrets than the credentials (the strangers of the day) stay. */
async function renew({ accountStore }: SignInDependencies, tx: Transaction, { account, brought }: Renewal): Promise<Kept> {
  const { credentials, name: scanned } = brought
  const { accountId, name } = account
  const secrets = (before: unknown) => ({ ...(Object(before) as object), credentials })
  await accountStore.save(tx, { ...account, secrets })
  return { accountId, log: { kind: "channel.signed_in", subject: `channel:${accountId}`, details: { channel: name, scanned } } }
}

function ending({ signIns }: SignInDependencies): ApiRoute {
  return write(endSignIn, {
    act: (_tx, { params: { id }, actor }) => {
      signIns.end(id, actor.sessionId)
      return Promise.resolve({ reply: {}, log: unlogged("nothing was kept") })
    },
  })
}
