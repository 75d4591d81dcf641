import { z } from "zod"
import { idParams, moment, personField, roleField, rolesField } from "./fields.ts"
import { pageOf, pageQuery } from "./paging.ts"
import { contract, done } from "./route.ts"

export const STAFF_STATES = ["active", "inactive"] as const

export const staffRow = z.object({
  id: z.string(),
  account: z.string(),
  name: z.string(),
  state: z.enum(STAFF_STATES),
  roles: z.array(roleField),
  secondStep: z.boolean(),
  sessions: z.int(),
  signedInAt: moment.nullable(),
})
export type StaffRow = z.infer<typeof staffRow>

const link = z.object({ path: z.string().describe("Path with the token, shown this once"), expiresAt: moment })

export const listStaff = contract({
  method: "get",
  path: "/staff",
  access: "staff.manage",
  summary: "Members of staff",
  query: pageQuery(["name", "account", "signedInAt"], "name").extend({
    state: z.enum(["", ...STAFF_STATES]).default(""),
    role: z.union([z.literal(""), roleField]).default(""),
  }),
  response: pageOf(staffRow),
})

export const inviteStaff = contract({
  method: "post",
  path: "/staff/invitations",
  access: "staff.manage",
  summary: "Makes a one-time link for a new member of staff",
  body: z.object({ name: personField, roles: rolesField }),
  response: link,
})

export const listInvitations = contract({
  method: "get",
  path: "/staff/invitations",
  access: "staff.manage",
  summary: "Invitations that wait",
  response: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(roleField), expiresAt: moment })) }),
})

export const withdrawInvitation = contract({
  method: "delete",
  path: "/staff/invitations/:id",
  access: "staff.manage",
  summary: "Makes an invitation worthless",
  params: idParams,
  response: done,
})

export const changeStaff = contract({
  method: "patch",
  path: "/staff/:id",
  access: "staff.manage",
  summary: "Changes name and roles; other roles end the person's sessions",
  params: idParams,
  body: z.object({ name: personField, roles: rolesField }),
  response: done,
})

export const switchStaff = contract({
  method: "post",
  path: "/staff/:id/state",
  access: "staff.manage",
  summary: "Deactivates a member of staff, ending their sessions, or activates them again",
  params: idParams,
  body: z.object({ state: z.enum(STAFF_STATES, "Trạng thái không đúng") }),
  response: done,
})

export const resetStaff = contract({
  method: "post",
  path: "/staff/:id/reset",
  access: "staff.manage",
  summary: "Makes a one-time link with which a person sets a new password; the second step goes with it",
  params: idParams,
  response: link,
})

export const endStaffSessions = contract({
  method: "delete",
  path: "/staff/:id/sessions",
  access: "staff.manage",
  summary: "Ends every session of a member of staff",
  params: idParams,
  response: done,
})
