import { z } from "zod"
import { idParams, moment, newPasswordField, passwordField } from "./fields.ts"
import { contract, done } from "./route.ts"

export const sessionRow = z.object({
  id: z.string(),
  device: z.string(),
  address: z.string(),
  createdAt: moment,
  seenAt: moment,
  current: z.boolean(),
})
export type SessionRow = z.infer<typeof sessionRow>

export const readAccount = contract({
  method: "get",
  path: "/account",
  access: "signed_in",
  summary: "One's own second step and open sessions",
  response: z.object({ secondStep: z.boolean(), recoveryCodesLeft: z.int(), sessions: z.array(sessionRow) }),
})

export const changePassword = contract({
  method: "post",
  path: "/account/password",
  access: "signed_in",
  summary: "Changes one's own password and ends one's other sessions",
  body: z.object({ current: passwordField, password: newPasswordField }),
  response: done,
})

export const startSecondStep = contract({
  method: "get",
  path: "/account/second-step",
  access: "signed_in",
  summary: "A new secret for an authenticator app; nothing is kept until it is confirmed",
  response: z.object({ secret: z.string(), qr: z.string().describe("SVG as a data: address") }),
})

export const confirmSecondStep = contract({
  method: "post",
  path: "/account/second-step",
  access: "signed_in",
  summary: "Switches the second step on; tells the recovery codes, once",
  body: z.object({
    password: passwordField,
    secret: z.string().regex(/^[A-Z2-7]{16,64}$/, "Mã thiết lập không đúng, xin làm lại từ đầu"),
    code: z
      .string("Xin ghi mã 6 chữ số")
      .trim()
      .regex(/^\d{6}$/, "Mã gồm 6 chữ số"),
  }),
  response: z.object({ recoveryCodes: z.array(z.string()) }),
})

export const dropSecondStep = contract({
  method: "post",
  path: "/account/second-step/off",
  access: "signed_in",
  summary: "Switches the second step off",
  body: z.object({ password: passwordField }),
  response: done,
})

export const endOwnSession = contract({
  method: "delete",
  path: "/account/sessions/:id",
  access: "signed_in",
  summary: "Ends one of one's own sessions",
  params: idParams,
  response: done,
})
