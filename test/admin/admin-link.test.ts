import { expect, it } from "vitest"
import { makeAdminLink } from "../../admin/staff/admin-link.ts"
import { InvalidInputError } from "../../errors.ts"
import { newId } from "../support/house.ts"
import { aBrowser, aPerson, aStaffSite, kindsOf, PASSWORD, signedIn, signIn, type StaffSite } from "./staff-site.ts"

const linkFor = async ({ db, clock }: StaffSite, account: string | null) =>
  new URL(await makeAdminLink(db, { account, now: clock.now(), newId }), "http://x").searchParams.get("ma") ?? ""

it("who runs the computer makes a new administrator when the only one is gone", async () => {
  const site = await aStaffSite()
  const token = await linkFor(site, null)
  const browser = aBrowser(site)
  const { body } = await browser.call("POST", "/links", { body: { token, account: "quan.tri.moi", password: PASSWORD } })
  expect(body).toMatchObject({ account: "quan.tri.moi", roles: ["admin"] })
  expect((await browser.call("GET", "/staff")).status).toBe(200)
  expect(await kindsOf(site)).toEqual(["staff.admin_link_made", "staff.joined"])
})

it("opens a locked account again with a new password, and what was open is over", async () => {
  const site = await aStaffSite()
  const admin = await signedIn(site, "quan.tri", ["admin"])
  await aPerson(site, "pho", ["admin"])
  await site.db.staff.update({ where: { id: admin.id }, data: { state: "inactive" } })
  const token = await linkFor(site, "quan.tri")
  const password = "năm con vịt bầu cánh"
  expect((await signIn(aBrowser(site), "quan.tri")).status).toBe(401)
  expect((await aBrowser(site).call("POST", "/links", { body: { token, account: "quan.tri", password } })).status).toBe(200)
  expect((await admin.call("GET", "/account")).status).toBe(401)
  expect((await signIn(aBrowser(site), "quan.tri")).status).toBe(401)
  expect((await signIn(aBrowser(site), "quan.tri", { password })).status).toBe(200)
})

it("says when there is no such account", async () => {
  const site = await aStaffSite()
  await expect(linkFor(site, "khong.co")).rejects.toThrow(InvalidInputError)
  expect(await kindsOf(site)).toEqual([])
})
