import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises"
import path from "node:path"
import { describe, expect, it } from "vitest"
import { InstallationError } from "../../errors.ts"
import { openDataDir } from "../../prisma/data-dir.ts"
import { aFolder, inOwnProcess } from "./temporary-memory.ts"

const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8)

describe("the first start in an empty place", () => {
  it("makes the folders and the secrets, closed to other users of the machine", async () => {
    const root = path.join(await aFolder(), "data")
    const opened = await openDataDir(root)

    expect((await readdir(root)).sort()).toEqual(["backups", "files", "inbox", "index", "secrets.json"])
    for (const folder of [root, opened.files, opened.index, opened.backups]) expect(await modeOf(folder)).toBe("700")
    expect(await modeOf(path.join(root, "secrets.json"))).toBe("600")
    expect(opened.warnings).toEqual([])
    expect(path.dirname(opened.database)).toBe(root)
  })

  it("makes three different keys of 32 random bytes, others in every installation", async () => {
    const keys = [await openDataDir(await aFolder()), await openDataDir(await aFolder())].flatMap((opened) => Object.values(opened.secrets))
    expect(new Set(keys).size).toBe(6)
    for (const key of keys) expect(Buffer.from(key, "base64url")).toHaveLength(32)
  })

  it("many times at once ends with the same secrets for all", async () => {
    const root = await aFolder()
    const opened = await Promise.all(Array.from({ length: 20 }, () => openDataDir(root)))
    expect(new Set(opened.map(({ secrets }) => JSON.stringify(secrets))).size).toBe(1)
    expect(await readdir(root)).toHaveLength(5)
  })

  it("by two processes at once ends with the same secrets for both", { timeout: 60_000 }, async () => {
    const root = await aFolder()
    const secrets = await Promise.all([1, 2, 3].map(() => inOwnProcess("secrets-in-own-process.ts", root)))
    expect(new Set(secrets).size).toBe(1)
    expect(JSON.parse(String(secrets[0]))).toEqual((await openDataDir(root)).secrets)
  })
})

describe("a later start", () => {
  it("reads the same secrets and leaves the file as it is", async () => {
    const root = await aFolder()
    const first = await openDataDir(root)
    const text = await readFile(path.join(root, "secrets.json"), "utf8")
    expect((await openDataDir(root)).secrets).toEqual(first.secrets)
    expect(await readFile(path.join(root, "secrets.json"), "utf8")).toBe(text)
  })

  it.each([
    ["cut short", '{"pseudonymKey": "abc'],
    ["empty", ""],
    ["lacking a key", '{"pseudonymKey":"' + "A".repeat(43) + '"}'],
    ["with a short key", JSON.stringify({ pseudonymKey: "A".repeat(43), encryptionKey: "A".repeat(43), sessionSecret: "123" })],
  ])("with a secrets file %s is refused and does not overwrite it", async (_what, content) => {
    const root = await aFolder()
    const file = path.join(root, "secrets.json")
    await writeFile(file, content, { mode: 0o600 })

    const refused = await openDataDir(root).catch((error: unknown) => error)

    expect(refused).toBeInstanceOf(InstallationError)
    expect(String(refused)).toContain(`Tệp khóa bí mật ${file} không đúng nội dung`)
    expect(await readFile(file, "utf8")).toBe(content)
  })

  it("does not repeat a secret in the message that refuses the file", async () => {
    const root = await aFolder()
    const almost = JSON.stringify({ pseudonymKey: "B".repeat(43), encryptionKey: "B".repeat(43) })
    await writeFile(path.join(root, "secrets.json"), almost, { mode: 0o600 })
    const refused = await openDataDir(root).catch((error: unknown) => error)
    expect(String(refused)).not.toContain("BBB")
  })

  it("warns when others could read the secrets or the database", async () => {
    const root = await aFolder()
    const { database } = await openDataDir(root)
    await chmod(path.join(root, "secrets.json"), 0o644)
    await writeFile(database, "", { mode: 0o640 })
    const { warnings } = await openDataDir(root)
    expect(warnings).toEqual([
      `Người dùng khác trên máy có thể đọc ${root}/secrets.json (quyền 644). Xin chạy: chmod 600 "${root}/secrets.json"`,
      `Người dùng khác trên máy có thể đọc ${database} (quyền 640). Xin chạy: chmod 600 "${database}"`,
    ])
  })

  it("where the path is a file says what is wrong in Vietnamese", async () => {
    const file = path.join(await aFolder(), "data")
    await writeFile(file, "")
    await expect(openDataDir(file)).rejects.toThrow(`Không dùng được thư mục dữ liệu ${file}: đường dẫn này không phải là thư mục.`)
  })
})
