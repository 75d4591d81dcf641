import { createHash } from "node:crypto"
import Sqlite from "better-sqlite3"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Database, JsonObject } from "../../prisma/database.ts"
import { appendEvidence, type ExportedEntry, exportEvidence, parseExport, readEvidence, verifyChain } from "../../prisma/evidence.ts"
import { canonicalJson, GENESIS_HASH, hashOf } from "../../prisma/evidence-chain.ts"
import { aMemory, inOwnProcess, NOW } from "./temporary-memory.ts"

const append = (database: Database, body: JsonObject, kind = "answer") =>
  database.$transaction((tx) => appendEvidence(tx, { at: NOW, kind, body }))

async function exported(database: Database): Promise<Buffer> {
  let text = ""
  for await (const line of exportEvidence(database)) text += line
  return Buffer.from(text)
}

/** As a file is read: in pieces that end anywhere. */
function* inPieces(bytes: Buffer, size = 37): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const verifyFile = (bytes: Buffer) => verifyChain(parseExport(inPieces(bytes)))

/** A chain made without a database, as an export would hold it. */
function aChain(length: number): ExportedEntry[] {
  const entries: ExportedEntry[] = []
  for (let seq = 1; seq <= length; seq++) {
    const body = { procedure: "1.001193", câu: `Khai sinh cần gì? ${seq}` }
    const entry = {
      seq,
      at: NOW.toISOString(),
      kind: "answer",
      body,
      previousHash: entries.at(-1)?.hash ?? GENESIS_HASH,
    }
    entries.push({ ...entry, hash: hashOf(entry) })
  }
  return entries
}

const toFile = (entries: readonly ExportedEntry[]) => Buffer.from(entries.map((e) => `${canonicalJson(e)}\n`).join(""))

describe("the chain of evidence", () => {
  it("begins with zeros and hashes exactly what the auditor is told: canonical JSON of five fields", async () => {
    const { database } = await aMemory()
    const { seq, hash } = await append(database, { b: 1, a: { d: "Đ", c: null } })
    const text =
      `{"at":"2026-03-02T01:30:00.000Z","body":{"a":{"c":null,"d":"Đ"},"b":1},"kind":"answer",` +
      `"previousHash":"${"0".repeat(64)}","seq":1}`
    expect({ seq, hash }).toEqual({ seq: 1, hash: createHash("sha256").update(text).digest("hex") })
  })

  it("holds over more entries than one batch reads, in the database and in its export", async () => {
    const { database } = await aMemory()
    await database.$transaction(
      async (tx) => {
        for (let n = 1; n <= 1100; n++) await appendEvidence(tx, { at: NOW, kind: "answer", body: { n } })
      },
      { timeout: 60_000 },
    )
    const verdict = await verifyChain(readEvidence(database))
    expect(verdict).toMatchObject({ ok: true, count: 1100 })
    expect(await verifyFile(await exported(database))).toEqual(verdict)
  })

  it("is empty and in order before the first question", async () => {
    const { database } = await aMemory()
    expect(await verifyChain(readEvidence(database))).toEqual({ ok: true, count: 0, lastHash: GENESIS_HASH })
    expect(await exported(database)).toHaveLength(0)
  })

  it("goes with the transaction: what is rolled back was never evidence", async () => {
    const { database } = await aMemory()
    const failing = database.$transaction(async (tx) => {
      await appendEvidence(tx, { at: NOW, kind: "answer", body: {} })
      throw new Error("the answer could not be stored")
    })
    await expect(failing).rejects.toThrow("could not be stored")
    expect(await append(database, {})).toMatchObject({ seq: 1 })
  })

  it("stays whole when a hundred citizens are answered at once", async () => {
    const { database } = await aMemory()
    const seqs = await Promise.all(Array.from({ length: 100 }, (_, n) => append(database, { n })))
    expect(new Set(seqs.map(({ seq }) => seq)).size).toBe(100)
    expect(await verifyChain(readEvidence(database))).toMatchObject({ ok: true, count: 100 })
  })

  it("stays whole when two processes write to it", { timeout: 60_000 }, async () => {
    const { file, database } = await aMemory()
    await Promise.all(["server", "import"].map((who) => inOwnProcess("append-in-own-process.ts", file, who, "100")))
    expect(await verifyChain(readEvidence(database))).toMatchObject({ ok: true, count: 200 })
  })

  it("holds whatever citizens type: the stored body hashes as the given one did", { timeout: 60_000 }, async () => {
    const { database } = await aMemory()
    const anyBody = fc.dictionary(fc.string({ unit: "binary" }), fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), fc.double()))
    const odd = [
      { text: "nửa biểu tượng \ud83d", zero: -0, none: undefined, long: 1e21, nul: "\u0000", sep: "\u2028" },
      { $type: "Json", value: "$type" },
      JSON.parse('{"__proto__":{"a":1},"inner":{"__proto__":2}}') as JsonObject,
    ]
    await database.$transaction(
      async (tx) => {
        for (const body of [...odd, ...(fc.sample(anyBody, 500) as JsonObject[])]) {
          await appendEvidence(tx, { at: NOW, kind: "answer", body })
        }
      },
      { timeout: 60_000 },
    )
    const verdict = await verifyChain(readEvidence(database))
    expect(verdict).toMatchObject({ ok: true, count: 503 })
    expect(await verifyFile(await exported(database))).toEqual(verdict)
  })
})

describe("an exported file", () => {
  const entries = aChain(12)
  const file = toFile(entries)
  const position = fc.nat(entries.length - 1)

  it("verifies when nobody touched it, with or without the last line's end", async () => {
    const whole = { ok: true, count: 12, lastHash: entries[11]?.hash }
    expect(await verifyFile(file)).toEqual(whole)
    expect(await verifyFile(file.subarray(0, -1))).toEqual(whole)
  })

  it("betrays any changed byte", async () => {
    const anyByte = fc.tuple(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }))
    await fc.assert(
      fc.asyncProperty(anyByte, async ([at, change]) => {
        const touched = Buffer.from(file)
        touched[at] = (touched[at] ?? 0) ^ change
        expect((await verifyFile(touched)).ok).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it("betrays a deleted row and names the place", async () => {
    await fc.assert(
      // The last row apart: a shorter chain is a chain, which only the noted count and hash can tell.
      fc.asyncProperty(fc.nat(entries.length - 2), async (gone) => {
        const verdict = await verifyChain(entries.filter((_, n) => n !== gone))
        expect(verdict).toMatchObject({ ok: false, count: gone, brokenAt: gone + 1 })
      }),
    )
    const { lastHash } = (await verifyChain(entries.slice(0, -1))) as { lastHash: string }
    expect(lastHash).not.toBe(entries.at(-1)?.hash)
  })

  it("betrays two rows that changed places", async () => {
    await fc.assert(
      fc.asyncProperty(position, position, async (a, b) => {
        fc.pre(a !== b)
        const swapped = entries.map((entry, n) => entries[n === a ? b : n === b ? a : n] ?? entry)
        expect(await verifyChain(swapped)).toMatchObject({ ok: false, brokenAt: Math.min(a, b) + 1 })
      }),
    )
  })

  it("betrays an inserted row, even one that was made with care", async () => {
    await fc.assert(
      fc.asyncProperty(position, async (at) => {
        const forged = { ...(entries[at] as ExportedEntry), body: { procedure: "bịa" } }
        const inserted = entries.toSpliced(at, 0, { ...forged, hash: hashOf(forged) })
        expect(await verifyChain(inserted)).toMatchObject({ ok: false, brokenAt: at + 2 })
      }),
    )
  })

  it("betrays a row whose content and hash were both rewritten", async () => {
    const forged = { ...(entries[4] as ExportedEntry), body: { rating: 5 } }
    const rewritten = entries.with(4, { ...forged, hash: hashOf(forged) })
    expect(await verifyChain(rewritten)).toEqual({
      ok: false,
      count: 5,
      brokenAt: 6,
      reason: "Mục 6: không nối tiếp mục liền trước (mã băm của mục trước không khớp).",
    })
  })

  it.each([
    ["is no JSON", (line: string) => line.slice(0, -1), "Mục 3: dòng không đọc được (không phải JSON)."],
    ["was saved again by an editor", (line: string) => `${line}\r`, "Mục 3: dòng đã bị ghi lại, không còn đúng từng ký tự như khi xuất."],
    ["lacks a field", () => `{"seq":3}`, "Mục 3: không đúng cấu trúc của một mục nhật ký."],
    ["is empty", () => "", "Mục 3: dòng không đọc được (không phải JSON)."],
    ["has another wording", (line: string) => line.replace("Khai sinh", "Khai tử"), "Mục 3: nội dung đã bị sửa (mã băm không khớp)."],
    [
      "has another number",
      (line: string) => line.replace(`"seq":3`, `"seq":4`),
      "Mục 3: số thứ tự ghi là 4, nên có mục bị xóa, bị chèn thêm hoặc bị đổi chỗ.",
    ],
  ])("names the line that %s", async (_what, change, reason) => {
    const lines = file.toString().split("\n")
    const verdict = await verifyFile(Buffer.from(lines.with(2, change(lines[2] ?? "")).join("\n")))
    expect(verdict).toEqual({ ok: false, count: 2, brokenAt: 3, reason })
  })
})

describe("the database", () => {
  it.each([
    `UPDATE "EvidenceEntry" SET "kind" = 'x'`,
    `DELETE FROM "EvidenceEntry"`,
    `UPDATE "KnowledgeVersion" SET "body" = '{}'`,
    `DELETE FROM "KnowledgeVersion"`,
    `REPLACE INTO "EvidenceEntry" SELECT * FROM "EvidenceEntry"`,
    `REPLACE INTO "KnowledgeVersion" SELECT * FROM "KnowledgeVersion"`,
  ])("refuses %s", async (statement) => {
    const { database } = await aMemory()
    await append(database, { answer: "Miễn phí" })
    await aProcedure(database)
    await expect(database.$executeRawUnsafe(statement)).rejects.toThrow()
    expect(await verifyChain(readEvidence(database))).toMatchObject({ ok: true, count: 1 })
    expect(await database.knowledgeVersion.findMany()).toMatchObject([{ body: { fee: "8.000 đồng" } }])
  })

  it("refuses to other tools as well, and says why in Vietnamese", async () => {
    const { file, database } = await aMemory()
    await append(database, {})
    const tool = new Sqlite(file)
    expect(() => tool.exec(`DELETE FROM "EvidenceEntry"`)).toThrow("Nhật ký minh chứng chỉ được ghi thêm, không được xóa.")
    tool.close()
  })
})

async function aProcedure(database: Database): Promise<void> {
  const record = {
    id: "r",
    kind: "procedure",
    key: "1.001193",
    version: 1,
    digest: "d",
    status: "published",
    demo: false,
  }
  await database.knowledgeRecord.create({ data: { ...record, createdAt: NOW, updatedAt: NOW } })
  const version = {
    id: "v",
    recordId: "r",
    version: 1,
    digest: "d",
    body: { fee: "8.000 đồng" },
    importedFrom: "x.jsonl",
  }
  await database.knowledgeVersion.create({ data: { ...version, createdAt: NOW } })
}

describe("someone who got round the triggers", () => {
  const tamper = (file: string, sql: string) => {
    const tool = new Sqlite(file)
    for (const name of ["update", "delete"]) tool.exec(`DROP TRIGGER "EvidenceEntry_no_${name}"`)
    tool.exec(sql)
    tool.close()
  }

  it.each([
    ["changed a body", `UPDATE "EvidenceEntry" SET "body" = '{"n":99}' WHERE "seq" = 3`, 3],
    ["changed a time", `UPDATE "EvidenceEntry" SET "at" = '2026-03-02T01:30:00.001+00:00' WHERE "seq" = 3`, 3],
    ["made a body unreadable", `UPDATE "EvidenceEntry" SET "body" = '{"n":' WHERE "seq" = 3`, 3],
    ["made a time unreadable", `UPDATE "EvidenceEntry" SET "at" = 'hôm qua' WHERE "seq" = 3`, 3],
    ["deleted an entry", `DELETE FROM "EvidenceEntry" WHERE "seq" = 3`, 3],
    ["put one in front", `INSERT INTO "EvidenceEntry" VALUES (0, '2026', 'x', '{}', 'a', 'b')`, 1],
    ["put one far behind", `INSERT INTO "EvidenceEntry" VALUES (9007199254740993, '2026', 'x', '{}', 'a', 'b')`, 6],
  ])("is found: %s", async (_what, sql, brokenAt) => {
    const { file, database } = await aMemory()
    for (let n = 1; n <= 5; n++) await append(database, { n })
    tamper(file, sql)
    const verdict = await verifyChain(readEvidence(database))
    expect(verdict).toMatchObject({ ok: false, brokenAt })
    expect(await verifyFile(await exported(database))).toMatchObject({ ok: false, brokenAt })
  })
})
