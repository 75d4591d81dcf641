import { z } from "zod"
import { idParams, moment } from "./fields.ts"
import { pageOf, pageQuery } from "./paging.ts"
import { contract, done } from "./route.ts"

export const UNSENT_STATES = ["failed", "unknown"] as const

const unsentRow = z.object({
  id: z.string(),
  at: moment,
  /** The channel account's name, or its id when it is gone. */
  channel: z.string(),
  /** `unknown`: it may have arrived. */
  state: z.enum(UNSENT_STATES),
  /** Beginning of what was to be said, personal numbers masked. */
  text: z.string(),
  /** Name of the kind of failure; `detail` is what the platform said. */
  reason: z.string(),
  detail: z.string(),
})
export type UnsentRow = z.infer<typeof unsentRow>

export const listUnsent = contract({
  method: "get",
  path: "/unsent",
  access: "channels.manage",
  summary: "Messages that did not reach the citizen, or perhaps did not",
  query: pageQuery(["createdAt"], "-createdAt").extend({
    state: z.enum(["", ...UNSENT_STATES]).default(""),
    channel: z.string().max(160, "Mã kênh không đúng").default(""),
  }),
  response: pageOf(unsentRow),
})

export const listUnsentChannels = contract({
  method: "get",
  path: "/unsent/channels",
  access: "channels.manage",
  summary: "The channels on which messages did not arrive, for the filter of the list",
  response: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string() })) }),
})

export const sendAgain = contract({
  method: "post",
  path: "/unsent/:id/again",
  access: "channels.manage",
  summary: "Sends a message again; one that may have arrived only when that is accepted",
  params: idParams,
  body: z.object({ mayArriveTwice: z.boolean().default(false) }),
  response: done,
})

export const dismissUnsent = contract({
  method: "post",
  path: "/unsent/:id/dismiss",
  access: "channels.manage",
  summary: "Takes a message that did not arrive off the list, unsent for good",
  params: idParams,
  response: done,
})
