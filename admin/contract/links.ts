import { z } from "zod"
import { accountField, moment, newPasswordField, roleField, tokenField } from "./fields.ts"
import { contract } from "./route.ts"
import { me } from "./session.ts"

export const readLink = contract({
  method: "get",
  path: "/links",
  access: "public",
  summary: "Whom a one-time link is for: an invitation has no account yet",
  query: z.object({ token: tokenField }),
  response: z.object({ name: z.string(), account: z.string().nullable(), roles: z.array(roleField), expiresAt: moment }),
})

export const acceptLink = contract({
  method: "post",
  path: "/links",
  access: "public",
  summary: "Uses a one-time link up: makes the account, or sets its new password, and signs in",
  body: z.object({ token: tokenField, account: accountField, password: newPasswordField }),
  response: me,
})
