import { z } from "zod"
import { accountParams, nameField, valuesField } from "./channels.ts"
import { idParams } from "./fields.ts"
import { contract, done } from "./route.ts"

export const SIGN_IN_STATES = [
  ...(["preparing", "waiting", "scanned", "confirmed", "signed_in"] as const),
  ...(["declined", "timed_out", "other_account", "failed"] as const),
] as const

const begun = z.object({ id: z.string() })

export const beginSignIn = contract({
  method: "post",
  path: "/channel-sign-ins",
  access: "channels.manage",
  summary: "Begins to sign in by QR for a channel account that is to be added",
  body: z.object({
    kind: z.string("Xin chọn loại kênh").min(1, "Xin chọn loại kênh").max(60),
    name: nameField,
    values: valuesField,
    accepted: z.literal(true, "Xin đọc lưu ý và đánh dấu ô này trước khi tiếp tục"),
  }),
  response: begun,
})

export const beginSignInAgain = contract({
  method: "post",
  path: "/channels/:id/sign-in",
  access: "channels.manage",
  summary: "Begins to sign in by QR anew for a channel account that is there",
  params: accountParams,
  response: begun,
})

export const readSignIn = contract({
  method: "get",
  path: "/channel-sign-ins/:id",
  access: "channels.manage",
  summary: "Where a sign-in stands; it is given up when nobody asks any more",
  params: idParams,
  response: z.object({
    state: z.enum(SIGN_IN_STATES),
    /** A data: address; empty while there is nothing to scan. */
    picture: z.string(),
    /** How long the picture can be scanned. */
    secondsLeft: z.int(),
    /** What the scanned account calls itself; empty before. */
    name: z.string(),
  }),
})
export type SignInStep = z.infer<typeof readSignIn.response>

export const finishSignIn = contract({
  method: "post",
  path: "/channel-sign-ins/:id/finish",
  access: "channels.manage",
  summary: "Keeps the credentials of a sign-in that came out well, and opens the channel",
  params: idParams,
  response: z.object({ id: z.string(), name: z.string() }),
})

export const endSignIn = contract({
  method: "delete",
  path: "/channel-sign-ins/:id",
  access: "channels.manage",
  summary: "Gives a sign-in up",
  params: idParams,
  response: done,
})
