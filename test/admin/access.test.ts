import { expect, it } from "vitest"
import { allows, PERMISSIONS, ROLES, type Role } from "../../admin/permissions.ts"
import { aBrowser, aStaffSite, contractsOf, signedIn } from "./staff-site.ts"

const NOBODY = "nobody"

/** An address of a contract with something in each place that it leaves open. */
const filled = (path: string) => path.replaceAll(/:\w+/g, "khong-co")

it("every route lets in exactly whom the one table names, and nobody without a session", { timeout: 120_000 }, async () => {
  const site = await aStaffSite()
  const contracts = contractsOf(site)
  expect(contracts.length).toBeGreaterThan(20)
  const wrong: string[] = []
  for (const who of [NOBODY, ...ROLES]) {
    const browser = who === NOBODY ? aBrowser(site) : await signedIn(site, who, [who as Role])
    const { cookie } = browser
    for (const { method, path, access } of contracts) {
      // Without a body nothing is changed: what needs one answers 400, and signing out is undone below.
      const { status } = await browser.call(method.toUpperCase(), filled(path))
      const expected =
        access === "public" ? "in" : who === NOBODY ? 401 : access === "signed_in" || allows([who as Role], access) ? "in" : 403
      const got = status === 401 || status === 403 ? status : "in"
      if (got !== expected) wrong.push(`${who} ${method} ${path}: ${got}, not ${expected}`)
      if (path === "/session" && method === "delete" && cookie) Object.assign(browser, await again(who as Role))
    }
  }
  expect(wrong).toEqual([])
  expect(site.reported).toEqual([])

  async function again(role: Role) {
    return { cookie: (await signedIn(site, `${role}.2`, [role])).cookie }
  }
})

it("the table keeps apart what must be apart", () => {
  const may = (role: Role) => PERMISSIONS.filter((permission) => allows([role], permission))
  expect(may("editor")).toEqual(["overview.read", "knowledge.read", "knowledge.edit"])
  expect(may("editor").some((permission) => permission.startsWith("complaints"))).toBe(false)
  for (const reader of ["leader", "auditor"] as const) expect(may(reader).every((permission) => permission.endsWith(".read"))).toBe(true)
  expect(may("approver")).not.toContain("knowledge.edit")
  expect(ROLES.filter((role) => allows([role], "staff.manage"))).toEqual(["admin"])
  expect(PERMISSIONS.every((permission) => allows(["admin"], permission))).toBe(true)
})

it("the description of the API is made from the same contracts", async () => {
  const site = await aStaffSite()
  const response = await fetch(`${site.url}/api/openapi.json`)
  const described = (await response.json()) as { openapi: string; paths: Record<string, Record<string, Record<string, unknown>>> }
  expect(described.openapi).toBe("3.1.0")
  for (const { method, path, access } of contractsOf(site)) {
    const operation = described.paths[`/api/quan-tri${path.replaceAll(/:(\w+)/g, "{$1}")}`]?.[method]
    expect(operation, `${method} ${path}`).toMatchObject({ "x-access": access })
  }
  expect(JSON.stringify(described.paths["/api/quan-tri/staff"])).toContain('"signedInAt"')
})
