import { createHash } from "node:crypto"
import { createWriteStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises"
import path from "node:path"
import { pipeline } from "node:stream/promises"
import { setImmediate } from "node:timers/promises"
import { expect, it } from "vitest"
import { ZipFile } from "yazl"
import { MANIFEST_NAME } from "../../prisma/archive/manifest.ts"
import { forgetOldBackups, freeBackupPath, listBackups } from "../../prisma/archive/names.ts"
import { restore } from "../../prisma/archive/restore.ts"
import { writeArchive } from "../../prisma/archive/write-archive.ts"
import { openDataDir } from "../../prisma/data-dir.ts"
import { migrate } from "../../prisma/migrate.ts"
import { aFolder, MIGRATIONS, NOW, opened } from "./temporary-memory.ts"

const SCAN = "bản quét của xã"

/** A commune's DATA_DIR with one stored file, and where a backup of it would go. */
async function anInstallation() {
  const folder = await aFolder()
  const dataDir = path.join(folder, "data")
  const { database, backups, secrets } = await openDataDir(dataDir)
  await migrate({ file: database, migrations: MIGRATIONS, backups, now: NOW })
  await mkdir(path.join(dataDir, "files", "ab"))
  await writeFile(path.join(dataDir, "files", "ab", "abcd"), SCAN)
  const file = path.join(folder, "sao-luu.zip")
  const backUp = (target = file) => writeArchive({ dataDir, target, program: "1.0.0", now: NOW })
  const elsewhere = path.join(folder, "may-moi", "data")
  const putBack = (given: { from?: string; into?: string; force?: boolean } = {}) =>
    restore({ file: given.from ?? file, dataDir: given.into ?? elsewhere, migrations: MIGRATIONS, force: given.force ?? false, now: NOW })
  return { folder, dataDir, database, secrets, file, backUp, elsewhere, putBack }
}

/** An archive as somebody else might make it: the given entries, and a manifest that is true to them but for `changes`. */
async function aForgery(file: string, contents: Readonly<Record<string, Buffer>>, changes: object = {}): Promise<void> {
  const entries = Object.entries(contents).map(([name, bytes]) => ({
    path: name,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  }))
  const migration = readdirSync(MIGRATIONS)
    .filter((name) => /^\d/.test(name))
    .sort()
    .at(-1)
  const head = { format: "tro-ly-xa-backup", formatVersion: 1, program: "1.0.0", createdAt: NOW.toISOString(), migration }
  const zip = new ZipFile()
  for (const [name, bytes] of Object.entries(contents)) zip.addBuffer(bytes, name, { compress: false })
  zip.addBuffer(Buffer.from(JSON.stringify({ ...head, entries, ...changes })), MANIFEST_NAME, { compress: false })
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(file))
}

async function essentials({ database, dataDir }: { database: string; dataDir: string }): Promise<Record<string, Buffer>> {
  return { "tro-ly-xa.db": await readFile(database), "secrets.json": await readFile(path.join(dataDir, "secrets.json")) }
}

it("holds one moment of the database while citizens go on writing", async () => {
  const { database: file, backUp, elsewhere, putBack } = await anInstallation()
  const db = await opened(file)
  const write = (key: string, value: string) => {
    const row = { key, value, updatedAt: NOW }
    return { where: { key }, create: row, update: row }
  }
  // Some thousand pages, so that copying takes many turns.
  for (let n = 0; n < 20; n++) await db.setting.upsert(write(`nền ${n}`, "x".repeat(400_000)))
  let rounds = 0
  const backup = { over: false }
  const citizens = (async () => {
    while (!backup.over) {
      const value = String(++rounds)
      await db.$transaction(async (tx) => {
        await tx.setting.upsert(write("trái", value))
        await tx.setting.upsert(write("phải", value))
      })
      await setImmediate() // SQLite answers at once: without a pause nobody else would have a turn
    }
  })()
  const before = rounds
  await backUp().finally(() => (backup.over = true))
  const during = rounds - before
  await citizens
  expect(during).toBeGreaterThan(3)

  await putBack()
  const restored = await opened(path.join(elsewhere, "tro-ly-xa.db"))
  const [left, right] = await Promise.all(["trái", "phải"].map((key) => restored.setting.findUnique({ where: { key } })))
  expect(left?.value).toEqual(right?.value)
  expect(await restored.setting.count({ where: { key: { startsWith: "nền" } } })).toBe(20)
})

it("gives everything back, readable by the owner alone, and follows no link out of the folder", async () => {
  const { dataDir, folder, secrets, file, backUp, elsewhere, putBack } = await anInstallation()
  await writeFile(path.join(folder, "rieng-tu"), "của máy, không của xã")
  await symlink(path.join(folder, "rieng-tu"), path.join(dataDir, "files", "lien-ket"))
  const { entries } = await backUp()
  expect(entries.map((entry) => entry.path)).toEqual(["tro-ly-xa.db", "secrets.json", "files/ab/abcd"])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(path.join(dataDir, "backups"))).toEqual([])

  expect(await putBack()).toMatchObject({ movedTo: null, manifest: { program: "1.0.0" } })
  expect((await openDataDir(elsewhere)).secrets).toEqual(secrets)
  expect((await openDataDir(elsewhere)).warnings).toEqual([])
  expect(readFileSync(path.join(elsewhere, "files", "ab", "abcd"), "utf8")).toBe(SCAN)
})

it("moves what is there aside when told to, and never without", async () => {
  const { dataDir, file, backUp, putBack } = await anInstallation()
  await backUp()
  await writeFile(path.join(dataDir, "files", "moi"), "đến sau khi sao lưu")
  await expect(putBack({ into: dataDir })).rejects.toThrow("--force")
  expect(existsSync(path.join(dataDir, "files", "moi"))).toBe(true)
  const { movedTo } = await putBack({ into: dataDir, force: true })
  expect(movedTo).toBe(`${dataDir}.cu-2026-03-02T08-30`)
  expect(readFileSync(path.join(movedTo ?? "", "files", "moi"), "utf8")).toBe("đến sau khi sao lưu")
  expect(readdirSync(dataDir).sort()).toEqual(["files", "secrets.json", "tro-ly-xa.db"])
  expect(existsSync(file)).toBe(true)
})

it("refuses while anybody has the database open, and leaves both alone", async () => {
  const { dataDir, database, backUp, putBack } = await anInstallation()
  await backUp()
  const db = await opened(database)
  await db.setting.count()
  await expect(putBack({ into: dataDir, force: true })).rejects.toThrow("Xin dừng chương trình")
  await db.setting.create({ data: { key: "vẫn", value: "ghi được", updatedAt: NOW } })
  await db.$disconnect()
  expect((await putBack({ into: dataDir, force: true })).movedTo).not.toBeNull()
})

type Installation = Awaited<ReturnType<typeof anInstallation>>
const DAMAGED = "bị hỏng, chép thiếu hoặc đã bị sửa"
const FOREIGN = "không phải là bản sao lưu của Trợ lý Xã"

const REFUSED: readonly (readonly [what: string, words: string, make: (house: Installation) => Promise<void> | void])[] = [
  ["is not there", "Không thấy tệp", () => undefined],
  ["is a text", FOREIGN, ({ file }) => writeFileSync(file, "xin chào")],
  ["is empty", FOREIGN, ({ file }) => writeFileSync(file, "")],
  ["is another program's archive", FOREIGN, ({ file }) => anyZip(file)],
  ["was cut off while copying", DAMAGED, ({ file, backUp }) => backUp().then(() => cut(file))],
  ["has one bit turned in a stored file", DAMAGED, ({ file, backUp }) => backUp().then(() => turnBit(file))],
  ["lacks the secrets", DAMAGED, async (house) => aForgery(house.file, { "tro-ly-xa.db": await readFile(house.database) })],
  [
    "says other sums than it holds",
    DAMAGED,
    async (house) =>
      aForgery(house.file, await essentials(house), { entries: [{ path: "tro-ly-xa.db", bytes: 1, sha256: "0".repeat(64) }] }),
  ],
  ["would unpack beside the folder", DAMAGED, (house) => climbing(house, "files/xx/keo-len", "../../../keo-len")],
  ["would unpack into the folder of the program", DAMAGED, (house) => climbing(house, "files/keo-len", "index/keo-len")],
  ["is of a newer program", "phiên bản chương trình mới hơn", async (h) => aForgery(h.file, await essentials(h), { formatVersion: 2 })],
  ["holds a newer database", "phiên bản chương trình mới hơn", async (h) => aForgery(h.file, await essentials(h), { migration: "2999_x" })],
]

it.each(REFUSED)("refuses a backup that %s: “%s”", async (_what, words, make) => {
  const house = await anInstallation()
  await make(house)
  await expect(house.putBack()).rejects.toThrow(words)
  expect(existsSync(house.elsewhere)).toBe(false)
  const beside = path.dirname(house.elsewhere)
  expect(existsSync(beside) ? readdirSync(beside) : []).toEqual([])
  expect(existsSync(path.join(house.folder, "keo-len"))).toBe(false)
})

async function anyZip(file: string): Promise<void> {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from("ảnh"), "anh.png")
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(file))
}

function cut(file: string): void {
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length * 0.8)))
}

function turnBit(file: string): void {
  const bytes = readFileSync(file)
  const at = bytes.indexOf(SCAN)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(file, bytes)
}

/** Libraries refuse to write such a name, so it is put in afterwards, wherever it stands. */
async function climbing(house: Installation, harmless: string, harmful: string): Promise<void> {
  expect(harmful.length).toBe(harmless.length)
  await aForgery(house.file, { ...(await essentials(house)), [harmless]: Buffer.from("kẻ lạ") })
  writeFileSync(house.file, Buffer.from(readFileSync(house.file).toString("latin1").replaceAll(harmless, harmful), "latin1"))
}

it("keeps a fortnight of nightly backups and touches nothing else", async () => {
  const folder = await aFolder()
  const night = (day: string) => `tro-ly-xa-hang-dem-${day}T02-00.zip`
  const others = ["tro-ly-xa-2025-01-01T10-00.zip", "tro-ly-xa-2025-01-01T00-00-00-000Z.db", "luu-rieng-hang-dem-2025-01-01T02-00.zip"]
  const old = [night("2026-02-01"), night("2026-02-15")]
  const young = [night("2026-02-17"), night("2026-02-28"), night("2026-03-01"), night("2026-03-02")]
  const stump = `.dang-sao-luu-${NOW.getTime() - 2 * 24 * 3600_000}-0a0b0c0d.zip`
  const current = `.dang-sao-luu-${NOW.getTime() - 1000}-0a0b0c0d.zip`
  for (const name of [...others, ...old, ...young, stump, current]) await writeFile(path.join(folder, name), "")
  const gone = await forgetOldBackups(folder, { now: NOW, keepDays: 14 })
  expect([...gone].sort()).toEqual([...old, stump].sort())
  expect(readdirSync(folder).sort()).toEqual([...others, ...young, current].sort())
  expect((await listBackups(folder))[0]?.at.toISOString()).toBe("2026-03-01T19:00:00.000Z")
})

it("never takes the last three, even when the clock runs years ahead", async () => {
  const folder = await aFolder()
  for (const day of ["01", "02", "03", "04"]) await writeFile(path.join(folder, `tro-ly-xa-hang-dem-2026-02-${day}T02-00.zip`), "")
  const gone = await forgetOldBackups(folder, { now: new Date("2036-01-01T00:00:00Z"), keepDays: 14 })
  expect(gone).toEqual(["tro-ly-xa-hang-dem-2026-02-01T02-00.zip"])
})

it("names backups by the Vietnamese clock and gives no name twice", async () => {
  const folder = await aFolder()
  const first = freeBackupPath(folder, "manual", NOW)
  expect(path.basename(first)).toBe("tro-ly-xa-2026-03-02T08-30.zip")
  await writeFile(first, "")
  expect(path.basename(freeBackupPath(folder, "manual", NOW))).toBe("tro-ly-xa-2026-03-02T08-30-2.zip")
})
