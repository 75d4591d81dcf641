import Sqlite from "better-sqlite3"
import { describe, expect, it } from "vitest"
import { appendAudit, exportAudit, readAudit } from "../../prisma/audit.ts"
import type { Database } from "../../prisma/database.ts"
import { parseExport, verifyChain } from "../../prisma/evidence.ts"
import { aMemory, NOW } from "./temporary-memory.ts"

const did = (database: Database, n: number) =>
  database.$transaction((tx) =>
    appendAudit(tx, {
      at: NOW,
      kind: "staff.invited",
      actorId: "an",
      actor: "Nguyễn Văn An",
      subject: `staff:${n}`,
      details: { roles: ["editor"] },
    }),
  )

async function aLog(): Promise<{ file: string; database: Database }> {
  const memory = await aMemory()
  for (let n = 1; n <= 4; n++) await did(memory.database, n)
  return memory
}

describe("the log of what staff did", () => {
  it("is a chain of its own that can be exported and checked elsewhere", async () => {
    const { database } = await aLog()
    const verdict = await verifyChain(readAudit(database))
    expect(verdict).toMatchObject({ ok: true, count: 4 })
    let text = ""
    for await (const line of exportAudit(database)) text += line
    expect(await verifyChain(parseExport([Buffer.from(text)]))).toEqual(verdict)
  })

  it.each([`UPDATE "AuditEntry" SET "kind" = 'x'`, `DELETE FROM "AuditEntry"`, `REPLACE INTO "AuditEntry" SELECT * FROM "AuditEntry"`])(
    "refuses %s",
    async (statement) => {
      const { database } = await aLog()
      await expect(database.$executeRawUnsafe(statement)).rejects.toThrow("Nhật ký thao tác chỉ được ghi thêm")
      expect(await verifyChain(readAudit(database))).toMatchObject({ ok: true, count: 4 })
    },
  )

  it.each([
    ["what was done", `"kind" = 'staff.activated'`, "nội dung đã bị sửa"],
    ["what it was done with", `"body" = json_set("body", '$.details.roles', json('["admin"]'))`, "nội dung đã bị sửa"],
    ["who is searched for", `"actorId" = 'binh'`, "cột actorId không khớp"],
    ["what is searched for", `"subject" = 'staff:9'`, "cột subject không khớp"],
  ])("names the entry when somebody got round that and changed %s", async (_what, change, reason) => {
    const { file, database } = await aLog()
    const tool = new Sqlite(file)
    tool.exec(`DROP TRIGGER "AuditEntry_no_update"; UPDATE "AuditEntry" SET ${change} WHERE "seq" = 3`)
    tool.close()
    const verdict = await verifyChain(readAudit(database))
    expect(verdict).toMatchObject({ ok: false, brokenAt: 3 })
    expect(JSON.stringify(verdict)).toContain(reason)
  })
})
