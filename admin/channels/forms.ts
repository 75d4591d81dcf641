import type { ChannelKind } from "../../bot/message.ts"
import { ZALO_PERSONAL_WARNING } from "../../bot/channels/zalo-personal/account.ts"
import type { ChannelField } from "../contract/channels.ts"
import { formTexts } from "./texts.ts"

/** How staff fill in one kind of channel. The kind's own schemas decide what is right. */
export interface ChannelForm {
  readonly name: string
  readonly help: string
  readonly warning: string
  readonly signInByQr: boolean
  /** True when staff have to tell the platform where to call; some are told by the program. */
  readonly webhook: boolean
  readonly fields: readonly ChannelField[]
}

type Given = Pick<ChannelField, "name" | "label"> & Partial<ChannelField>

const field = (given: Given): ChannelField => ({
  ...{ help: "", input: "text", secret: false, optional: false, initial: "", choices: [] },
  ...given,
})
const secret = (given: Given) => field({ ...given, secret: true })
const form = (given: Pick<ChannelForm, "name" | "fields"> & Partial<ChannelForm>): ChannelForm => ({
  ...{ help: "", warning: "", signInByQr: false, webhook: false },
  ...given,
})

const { telegram, zaloOa, zaloBot, zaloPersonal } = formTexts

/** A new kind of channel adds its row; kinds without one cannot be set up in the staff area. */
const FORMS: ReadonlyMap<ChannelKind, ChannelForm> = new Map([
  [
    "telegram",
    form({
      name: telegram.name,
      help: telegram.help,
      fields: [
        secret({ name: "token", label: telegram.token, help: telegram.tokenHelp }),
        field({
          ...{ name: "mode", label: telegram.mode, help: telegram.modeHelp, input: "choice", optional: true, initial: "polling" },
          choices: [
            { value: "polling", label: telegram.polling },
            { value: "webhook", label: telegram.webhook },
          ],
        }),
        field({ name: "publicUrl", label: telegram.publicUrl, help: telegram.publicUrlHelp, optional: true }),
        field({ name: "apiRoot", label: telegram.apiRoot, help: telegram.apiRootHelp, optional: true }),
        field({ name: "proxy", label: telegram.proxy, help: telegram.proxyHelp, optional: true }),
        secret({ name: "proxyLogin", label: telegram.proxyLogin, help: telegram.proxyLoginHelp, optional: true }),
        field({ name: "staffChatId", label: telegram.staffChat, help: telegram.staffChatHelp, optional: true }),
      ],
    }),
  ],
  [
    "zalo_oa",
    form({
      name: zaloOa.name,
      help: zaloOa.help,
      webhook: true,
      fields: [
        field({ name: "appId", label: zaloOa.appId }),
        field({ name: "oaId", label: zaloOa.oaId }),
        secret({ name: "appSecret", label: zaloOa.appSecret }),
        secret({ name: "oaSecret", label: zaloOa.oaSecret, help: zaloOa.oaSecretHelp }),
        secret({ name: "accessToken", label: zaloOa.accessToken }),
        secret({ name: "refreshToken", label: zaloOa.refreshToken, help: zaloOa.refreshTokenHelp }),
        field({ name: "windowHours", label: zaloOa.windowHours, input: "number", optional: true, initial: "48" }),
        field({ name: "freeReplies", label: zaloOa.freeReplies, input: "number", optional: true, initial: "8" }),
        field({ name: "znsStaffReply", label: zaloOa.znsStaffReply, help: zaloOa.znsHelp, optional: true }),
        field({ name: "znsCaseUpdate", label: zaloOa.znsCaseUpdate, optional: true }),
        field({ name: "znsReminder", label: zaloOa.znsReminder, optional: true }),
        field({ name: "znsSurvey", label: zaloOa.znsSurvey, optional: true }),
        field({ name: "znsNotice", label: zaloOa.znsNotice, optional: true }),
      ],
    }),
  ],
  [
    "zalo_bot",
    form({
      name: zaloBot.name,
      help: zaloBot.help,
      fields: [
        secret({ name: "token", label: zaloBot.token }),
        field({
          ...{ name: "receive", label: zaloBot.receive, help: zaloBot.receiveHelp, input: "choice", initial: "polling" },
          choices: [
            { value: "polling", label: zaloBot.polling },
            { value: "webhook", label: zaloBot.webhook },
          ],
        }),
        field({ name: "publicBaseUrl", label: zaloBot.publicBaseUrl, help: zaloBot.publicBaseUrlHelp, optional: true }),
      ],
    }),
  ],
  [
    "zalo_personal",
    form({
      name: zaloPersonal.name,
      warning: ZALO_PERSONAL_WARNING,
      signInByQr: true,
      fields: [
        field({ name: "strangersPerDay", label: zaloPersonal.strangersPerDay, input: "number", optional: true, initial: "30" }),
        field({ name: "acceptFriends", label: zaloPersonal.acceptFriends, input: "yes_no", optional: true, initial: "false" }),
      ],
    }),
  ],
])

export const formOf = (kind: ChannelKind): ChannelForm | undefined => FORMS.get(kind)
export const allForms = (): readonly (readonly [ChannelKind, ChannelForm])[] => [...FORMS]
/** The kind with this name when staff can set it up. */
export const kindNamed = (name: string): ChannelKind | undefined => [...FORMS.keys()].find((kind) => kind === name)

/** What was typed as the schemas want it, apart from the secrets; what was left empty is left out. */
export function readValues({ fields }: ChannelForm, values: Readonly<Record<string, string>>) {
  const typed = fields.flatMap((field) => {
    const text = (values[field.name] ?? "").trim()
    return text === "" ? [] : [{ field, value: READERS[field.input](text) }]
  })
  const part = (secrets: boolean): Readonly<Record<string, unknown>> =>
    Object.fromEntries(typed.filter(({ field }) => field.secret === secrets).map(({ field, value }) => [field.name, value]))
  return { settings: part(false), secrets: part(true) }
}

const READERS: Readonly<Record<ChannelField["input"], (text: string) => unknown>> = {
  text: (text) => text,
  choice: (text) => text,
  // What is no number stays what it is, for the schema to say so.
  number: (text) => (Number.isFinite(Number(text)) ? Number(text) : text),
  yes_no: (text) => text === "true",
}

/** What was chosen, as the form shows it; never a secret. */
export function shownValues({ fields }: ChannelForm, settings: unknown): Record<string, string> {
  const chosen = Object(settings) as Record<string, string | number | boolean | undefined>
  const shown = fields.filter(({ secret }) => !secret)
  return Object.fromEntries(shown.map(({ name }) => [name, String(chosen[name] ?? "")]))
}

/** Secrets with what was typed laid over them; what the program noted of the old ones goes with the old ones. */
export function laidOver({ fields }: ChannelForm, before: unknown, typed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const old = Object(before) as Record<string, unknown>
  const kept = fields.filter(({ secret, name }) => secret && old[name] !== undefined)
  return { ...Object.fromEntries(kept.map(({ name }) => [name, old[name]])), ...typed }
}
