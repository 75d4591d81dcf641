import path from "node:path"
import { SingleBar } from "cli-progress"
import { openMemory, type Outside } from "./app.ts"
import { parse } from "./arguments.ts"
import { readConfig } from "./config.ts"
import { InvalidInputError } from "./errors.ts"
import { importFiles, type FileReport } from "./knowledge/import/import-files.ts"
import { createFileReader } from "./knowledge/ingest/file-reader.ts"
import type { SaveReport } from "./knowledge/store.ts"
import { KNOWLEDGE_FOLDER, loadAliases } from "./knowledge/lexicon.ts"

interface Io {
  readonly print: (text: string) => void
  readonly world: Outside
}

const BAR = { clearOnComplete: true, hideCursor: true, noTTYOutput: false } as const

/** `import -- FILE… [--keep-going]` */
export async function importKnowledge(args: readonly string[], { print, world }: Io): Promise<number> {
  const { flags, positionals } = parse(args, { "keep-going": "boolean" })
  if (positionals.length === 0) throw new InvalidInputError("Cách dùng: npm run import -- TỆP… [--keep-going]")
  const config = readConfig()
  const reader = createFileReader(config.reading)
  const { db } = await openMemory(config, world)
  const progress = showProgress(print)
  try {
    const result = await importFiles(db, positionals, {
      keepGoing: flags.has("keep-going"),
      aliases: loadAliases(KNOWLEDGE_FOLDER),
      reader,
      now: world.now(),
      newId: world.newId,
      ...progress,
    })
    progress.stop()
    for (const problem of result.problems) process.stderr.write(`Bỏ qua – ${problem}\n`)
    print(
      `Mới ${result.added}, thay đổi ${result.changed}, giữ nguyên ${result.unchanged}${result.withdrawn > 0 ? `, thôi dùng ${result.withdrawn} mục minh họa` : ""}.`,
    )
    for (const line of beside(result)) print(line)
    return result.problems.length > 0 ? 1 : 0
  } finally {
    progress.stop()
    await reader.close()
    await db.$disconnect()
  }
}

const SHOWN = 10
const some = (keys: readonly string[]) =>
  `${keys.slice(0, SHOWN).join(", ")}${keys.length > SHOWN ? ` và ${keys.length - SHOWN} mục nữa` : ""}`

/** What became of staff's own words where the files say something else. */
function beside({ kept = [], overruled = [] }: Pick<SaveReport, "kept" | "overruled">): string[] {
  return [
    ...(kept.length > 0 ? [`Giữ nội dung cán bộ đã soạn hoặc đối chiếu ở ${kept.length} mục mà tệp không có gì mới: ${some(kept)}.`] : []),
    ...(overruled.length > 0
      ? [
          `Tệp có nội dung mới ở ${overruled.length} mục cán bộ đã sửa, nay dùng theo tệp (tên gọi và dấu riêng của xã vẫn giữ): ${some(overruled)}. Xin xem lại; bản cũ khôi phục được ở trang Công bố.`,
        ]
      : []),
  ]
}

/** A bar for the pages of a file, a line for each file that was read, a bar for saving. */
function showProgress(print: (text: string) => void) {
  const pages = new SingleBar({ ...BAR, format: "Đang đọc {bar} trang {value}/{total}" })
  const saving = new SingleBar({ ...BAR, format: "Đang nhập {bar} {value}/{total}" })
  const advance = (bar: SingleBar) => (done: number, total: number) => (done === 1 ? bar.start(total, 1) : bar.update(done))
  return {
    onPage: advance(pages),
    onProgress: advance(saving),
    onFile: (report: FileReport) => {
      pages.stop()
      for (const line of outcomeOf(report)) print(line)
    },
    stop: () => {
      pages.stop()
      saving.stop()
    },
  }
}

/** What became of one file; its faults are told at the end, together. */
function outcomeOf({ file, items, problems, notes, what }: FileReport): string[] {
  const name = path.basename(file)
  const head =
    items > 0 ? `✔ ${name}: ${what}, ${items} mục${problems.length > 0 ? `, ${problems.length} lỗi` : ""}` : `✘ ${name}: không đọc được`
  return [head, ...notes.map((note) => `    ${note}`)]
}
