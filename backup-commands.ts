import { existsSync, readFileSync, statSync } from "node:fs"
import { chmod, mkdir } from "node:fs/promises"
import path from "node:path"
import { SingleBar } from "cli-progress"
import { parse } from "./arguments.ts"
import { readConfig } from "./config.ts"
import { InvalidInputError } from "./errors.ts"
import { clockOf, freeBackupPath } from "./prisma/archive/names.ts"
import { restore } from "./prisma/archive/restore.ts"
import { writeArchive } from "./prisma/archive/write-archive.ts"
import { DATABASE_NAME } from "./prisma/data-dir.ts"

interface Io {
  readonly print: (text: string) => void
  readonly now: () => Date
}

const MB = 1024 * 1024
const MIGRATIONS = path.join(import.meta.dirname, "prisma", "migrations")

/** `backup [-- FILE]`: one archive of the whole installation, also while the server runs. */
export async function backupCommand(args: readonly string[], { print, now }: Io): Promise<number> {
  const [file, ...more] = parse(args, {}).positionals
  if (more.length > 0) throw new InvalidInputError("Cách dùng: npm run backup [-- TỆP.zip]")
  const { dataDir } = readConfig()
  if (!existsSync(path.join(dataDir, DATABASE_NAME))) throw new InvalidInputError(`Thư mục ${dataDir} chưa có dữ liệu để sao lưu.`)
  const target = file === undefined ? await ownPlace(dataDir, now()) : givenPlace(file, now())
  const bar = showProgress("Đang sao lưu")
  try {
    const { entries } = await writeArchive({ dataDir, target, program: programVersion(), now: now(), onProgress: bar.update })
    bar.stop()
    const size = (statSync(target).size / MB).toFixed(1)
    print(`Đã sao lưu và đọc lại để kiểm tra: ${target} (${entries.length} tệp, ${size} MB).`)
    print("Lưu ý: tệp này chứa cả khóa bí mật và dữ liệu của người dân. Xin cất nơi an toàn, không gửi qua thư hay tin nhắn.")
    return 0
  } finally {
    bar.stop()
  }
}

async function ownPlace(dataDir: string, now: Date): Promise<string> {
  const backups = path.join(dataDir, "backups")
  await mkdir(backups, { recursive: true, mode: 0o700 })
  await chmod(backups, 0o700)
  return freeBackupPath(backups, "manual", now)
}

function givenPlace(file: string, now: Date): string {
  const target = path.resolve(file)
  if (existsSync(target) && statSync(target).isDirectory()) return freeBackupPath(target, "manual", now)
  if (existsSync(target)) throw new InvalidInputError(`Đã có tệp ${target}. Xin chọn tên khác: chương trình không ghi đè bản sao lưu.`)
  if (!existsSync(path.dirname(target))) throw new InvalidInputError(`Không có thư mục ${path.dirname(target)}.`)
  return target
}

/** `restore -- FILE [--force]`: puts an archive in the place of DATA_DIR. */
export async function restoreCommand(args: readonly string[], { print, now }: Io): Promise<number> {
  const { positionals, flags } = parse(args, { force: "boolean" })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new InvalidInputError("Cách dùng: npm run restore -- TỆP.zip [--force]")
  const { dataDir } = readConfig()
  const bar = showProgress("Đang khôi phục")
  try {
    const given = { file: path.resolve(file), dataDir, migrations: MIGRATIONS, force: flags.has("force"), now: now() }
    const { manifest, movedTo } = await restore({ ...given, onProgress: bar.update })
    bar.stop()
    const time = clockOf(new Date(manifest.createdAt))
    print(`Đã khôi phục vào ${dataDir}: dữ liệu lúc ${time} (giờ Việt Nam), ${manifest.entries.length} tệp, mã kiểm tra đều đúng.`)
    if (movedTo) print(`Dữ liệu trước đó, cùng các bản sao lưu cũ, được giữ tại ${movedTo}.`)
    print("Xin kiểm tra nhật ký bằng npm run -s verify-log, rồi bật lại chương trình bằng npm start.")
    return 0
  } finally {
    bar.stop()
  }
}

function showProgress(what: string) {
  const bar = new SingleBar({ clearOnComplete: true, hideCursor: true, noTTYOutput: false, format: `${what} {bar} {percentage}%` })
  let begun = false
  return {
    update: (done: number, total: number) => {
      if (!begun) bar.start(total, done)
      else bar.update(done)
      begun = true
    },
    stop: () => bar.stop(),
  }
}

/** As package.json says it, which lies beside the program, or above it when it is built. */
export function programVersion(): string {
  const folders = [import.meta.dirname, path.dirname(import.meta.dirname)]
  const file = folders.map((folder) => path.join(folder, "package.json")).find((each) => existsSync(each))
  const { version } = file ? (JSON.parse(readFileSync(file, "utf8")) as { version?: unknown }) : {}
  return typeof version === "string" ? version : "0"
}
