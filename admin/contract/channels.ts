import { z } from "zod"
import { moment } from "./fields.ts"
import { contract, done } from "./route.ts"

export const CHANNEL_STATES = ["off", "connecting", "online", "standby", "degraded", "needs_human"] as const
const INPUTS = ["text", "number", "yes_no", "choice"] as const

/** One field of the form of a kind: the server decides what is right, the browser only draws it. */
const channelField = z.object({
  name: z.string(),
  label: z.string(),
  help: z.string(),
  input: z.enum(INPUTS),
  /** Goes in and never comes out again. */
  secret: z.boolean(),
  optional: z.boolean(),
  /** What stands in the empty form. */
  initial: z.string(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
})
export type ChannelField = z.infer<typeof channelField>

const channelKind = z.object({
  kind: z.string(),
  name: z.string(),
  /** What staff read before the form; empty when there is nothing to warn of. */
  warning: z.string(),
  /** Where staff get what the form asks for. */
  help: z.string(),
  /** Signing in by a picture that a telephone scans, instead of typed secrets. */
  signInByQr: z.boolean(),
  fields: z.array(channelField),
})
export type ChannelKindForm = z.infer<typeof channelKind>

const channelRow = z.object({
  id: z.string(),
  kind: z.string(),
  kindName: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  /** Named by the environment: the staff area shows it and cannot change it. */
  fixed: z.boolean(),
  state: z.enum(CHANNEL_STATES),
  /** Since when it is in this state; null while it is switched off. */
  since: moment.nullable(),
  /** Vietnamese sentence on what is wrong; empty when nothing is. */
  reason: z.string(),
  /** What staff can do about it; empty when there is nothing to do. */
  remedy: z.string(),
  /** Path that the platform calls; null where it calls none or is told by the program itself. */
  webhook: z.string().nullable(),
  /** What was chosen, by the names of the fields; no secrets. */
  values: z.record(z.string(), z.string()),
})
export type ChannelRow = z.infer<typeof channelRow>

export const nameField = z
  .string("Xin ghi tên kênh")
  .normalize("NFC")
  .trim()
  .min(2, "Tên kênh cần ít nhất 2 chữ")
  .max(80, "Tên kênh quá dài")

/** Longer than any token of a platform. */
const MAX_VALUE = 5000
export const valuesField = z.record(z.string().max(60), z.string("Nội dung chưa đúng").max(MAX_VALUE, "Nội dung quá dài")).default({})
export const accountParams = z.object({ id: z.string().regex(/^[\w:-]{1,160}$/, "Mã kênh không đúng") })

export const listChannels = contract({
  method: "get",
  path: "/channels",
  access: "channels.manage",
  summary: "Channel accounts with how each is, and the forms of the kinds that can be added",
  response: z.object({ rows: z.array(channelRow), kinds: z.array(channelKind) }),
})

export const addChannel = contract({
  method: "post",
  path: "/channels",
  access: "channels.manage",
  summary: "Adds a channel account and opens it",
  body: z.object({ kind: z.string("Xin chọn loại kênh").min(1, "Xin chọn loại kênh").max(60), name: nameField, values: valuesField }),
  response: z.object({ id: z.string() }),
})

export const changeChannel = contract({
  method: "patch",
  path: "/channels/:id",
  access: "channels.manage",
  summary: "Changes a channel account; secrets that are left empty stay as they are",
  params: accountParams,
  body: z.object({ name: nameField, values: valuesField }),
  response: done,
})

export const switchChannel = contract({
  method: "post",
  path: "/channels/:id/state",
  access: "channels.manage",
  summary: "Opens or closes a channel account",
  params: accountParams,
  body: z.object({ enabled: z.boolean("Xin chọn bật hoặc tắt") }),
  response: done,
})

export const removeChannel = contract({
  method: "delete",
  path: "/channels/:id",
  access: "channels.manage",
  summary: "Removes a channel account with its secrets; what still waits to be sent there is called off",
  params: accountParams,
  response: done,
})
