import { execFile } from "node:child_process"
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import path from "node:path"
import { expect, it } from "vitest"
import { backUpTonight, missedNight } from "../../backup-job.ts"
import { readConfig } from "../../config.ts"
import { doctor } from "../../doctor.ts"
import { hashBytes, keepOriginal, originalPath } from "../../knowledge/ingest/originals.ts"
import { createLogger } from "../../logger.ts"
import { aCitizen, aDataDir, runningCommune, setUp } from "./running-commune.ts"

const ROOT = path.resolve(import.meta.dirname, "../..")

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A command of the program, in a process of its own as `npm run` starts it. */
function command(dataDir: string, ...args: string[]): Promise<Outcome> {
  const env = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: "silent" }
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env, timeout: 60_000 }
    execFile(process.execPath, ["--import", "tsx", "main.ts", ...args], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err })
    })
  })
}

it("brings a commune to a new machine: what it knows, what was said, its evidence, files and keys", { timeout: 120_000 }, async () => {
  const oldHome = path.join(aDataDir(), "data")
  const newHome = path.join(aDataDir(), "data")
  const archive = path.join(aDataDir(), "xa-thu.zip")
  const before = await runningCommune(oldHome)
  expect((await setUp(before, "Thử Nghiệm")).status).toBe(200)
  const { conversationId, answer } = await aCitizen(before)("lam giay khai sinh can gi")
  const scan = Buffer.from("bản quét quyết định của xã")
  await keepOriginal(path.join(oldHome, "files"), hashBytes(scan), scan)

  const saved = await command(oldHome, "backup", archive)
  expect(saved, saved.err).toMatchObject({ code: 0 })
  expect(saved.out).toContain("chứa cả khóa bí mật")
  expect((await command(oldHome, "backup", archive)).err).toContain("không ghi đè bản sao lưu")
  const refused = await command(oldHome, "restore", archive, "--force")
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.err).toContain("Xin dừng chương trình")
  expect((await aCitizen(before)("đăng ký kết hôn cần gì")).answer.status).toBe("answered")
  await before.stop()

  const restored = await command(newHome, "restore", archive)
  expect(restored, restored.err).toMatchObject({ code: 0 })
  const verdict = await command(newHome, "verify-log")
  expect(verdict.out).toContain("Nhật ký minh chứng nguyên vẹn: 1 mục")
  expect(readFileSync(path.join(newHome, "secrets.json"))).toEqual(readFileSync(path.join(oldHome, "secrets.json")))
  expect(readFileSync(originalPath(path.join(newHome, "files"), hashBytes(scan)))).toEqual(scan)

  const after = await runningCommune(newHome)
  expect(after.setupUrl).toBeNull()
  expect(after.installation.shelf.live().base.home).toEqual(before.installation.shelf.live().base.home)
  expect((await after.installation.db.answer.findUnique({ where: { id: answer.id } }))?.id).toBe(answer.id)
  const followUp = await aCitizen(after)("thế lệ phí bao nhiêu?", { conversationId })
  expect(followUp.answer.procedure?.code).toBe(answer.procedure?.code)
})

it("backs up at night, tells when it could not, and the doctor warns after two days", async () => {
  const dataDir = aDataDir()
  const config = readConfig({ DATA_DIR: dataDir })
  const logger = createLogger("silent")
  const nowIs = (iso: string) => ({ logger, now: () => new Date(iso) })
  const said = async () => {
    const lines: string[] = []
    await doctor(config, (line) => lines.push(line))
    return lines.find((line) => line.includes("Sao lưu")) ?? ""
  }
  expect(await said()).toBe("✔ Sao lưu: chưa có dữ liệu để sao lưu")
  await (await runningCommune(dataDir)).stop()
  expect(await said()).toMatch(/^⚠ Sao lưu: chưa có bản nào → .*npm run backup/)

  expect(await backUpTonight(config, nowIs("2020-03-01T19:00:00Z"))).toBe(true)
  expect(readdirSync(path.join(dataDir, "backups"))).toEqual(["tro-ly-xa-hang-dem-2020-03-02T02-00.zip"])
  expect(await said()).toMatch(/^⚠ Sao lưu: bản tốt gần nhất lúc 2020-03-02 02:00/)
  expect(await missedNight(config, new Date("2020-03-02T18:59:00Z"))).toBe(false)
  expect(await missedNight(config, new Date("2020-03-02T19:01:00Z"))).toBe(true)

  const secrets = path.join(dataDir, "secrets.json")
  renameSync(secrets, `${secrets}.mat`)
  const today = new Date().toISOString()
  expect(await backUpTonight(config, nowIs(today))).toBe(false)
  expect(await said()).toMatch(/lần gần đây không thành: .*Không thấy tệp khóa bí mật/)
  renameSync(`${secrets}.mat`, secrets)
  expect(await backUpTonight(config, nowIs(today))).toBe(true)
  expect(await said()).toMatch(/^✔ Sao lưu: bản tốt gần nhất/)
})

it("says so in words when there is nothing to back up, or no such place", async () => {
  const empty = aDataDir()
  expect((await command(empty, "backup")).err).toContain("chưa có dữ liệu để sao lưu")
  writeFileSync(path.join(empty, "ghi-chu.txt"), "không phải bản sao lưu")
  const foreign = await command(empty, "restore", path.join(empty, "ghi-chu.txt"))
  expect(foreign).toMatchObject({ code: 1, err: expect.stringContaining("không phải là bản sao lưu") as string })
  expect((await command(empty, "restore")).err).toContain("Cách dùng: npm run restore")
})
