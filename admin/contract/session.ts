import { z } from "zod"
import { PERMISSIONS } from "../permissions.ts"
import { accountField, passwordField, roleField } from "./fields.ts"
import { contract, done } from "./route.ts"

export const me = z.object({
  id: z.string(),
  account: z.string(),
  name: z.string(),
  roles: z.array(roleField),
  permissions: z.array(z.enum(PERMISSIONS)),
})
export type Me = z.infer<typeof me>

export const readSession = contract({
  method: "get",
  path: "/session",
  access: "public",
  summary: "Who is signed in, and whether the set-up is still to be done",
  response: z.object({ configured: z.boolean(), commune: z.string().nullable(), me: me.nullable() }),
})

export const signIn = contract({
  method: "post",
  path: "/session",
  access: "public",
  summary: "Signs in; answers `code_required` where the account has a second step and no code was given",
  body: z.object({
    account: accountField,
    password: passwordField,
    code: z.string().trim().max(40, "Mã quá dài").default(""),
  }),
  response: me,
})

export const signOut = contract({ method: "delete", path: "/session", access: "signed_in", summary: "Signs out", response: done })
