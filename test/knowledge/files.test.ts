import { chmod, mkdir } from "node:fs/promises"
import path from "node:path"
import { describe, expect, it } from "vitest"
import { readKnowledgeFiles } from "../../knowledge/import/import-files.ts"
import { readKnowledgeFile } from "../../knowledge/import/read-file.ts"
import { UNREADABLE } from "../../knowledge/reading/unreadable.ts"
import { aFolder } from "../prisma/temporary-memory.ts"
import { aFile, noAliases, portalLine } from "./samples.ts"

const problemsOf = async (file: string) => (await readKnowledgeFile(file, { aliases: noAliases })).problems

describe("a file that cannot be read is named with the reason", () => {
  it.each([
    ["0 bytes", "rong.jsonl", "", "tệp rỗng (0 byte)"],
    ["only empty lines", "trang.jsonl", "\n\n", "tệp không có mục nào"],
    ["an empty list", "trang.yaml", "[]", "tệp không có mục nào"],
    ["a kind of file that is none of ours", "nhac.mp3", Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 1, 2, 0]), UNREADABLE.unsupported],
    ["an old workbook without a reader", "bang.xls", Buffer.from("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin1"), UNREADABLE.unsupported],
  ])("%s", async (...[, name, content, reason]) => {
    const file = await aFile(name, content)
    expect(await problemsOf(file)).toEqual([`${file}: ${reason}`])
  })

  it("not there", async () => {
    const folder = await aFolder()
    expect(await problemsOf(`${folder}/mất.md`)).toEqual([`${folder}/mất.md: không tìm thấy tệp`])
    const file = await aFile("tep.md", "# Tệp\nChữ.")
    expect(await problemsOf(`${file}/trong.md`)).toEqual([`${file}/trong.md: không tìm thấy tệp`])
  })

  it("a folder", async () => {
    const folder = `${await aFolder()}/thư mục.md`
    await mkdir(folder)
    expect(await problemsOf(folder)).toEqual([`${folder}: đây là thư mục, không phải tệp`])
  })

  it("locked, unless the reader is root, whom no lock stops", async () => {
    const file = await aFile("khoa.md", "# Tệp\nChữ.")
    await chmod(file, 0o000)
    const mayRead = process.getuid?.() === 0 || process.platform === "win32"
    expect(await problemsOf(file)).toEqual(mayRead ? [] : [`${file}: không có quyền đọc tệp`])
  })

  it("every fault of its front matter in a line of its own", async () => {
    const file = await aFile("kh.md", "---\ndate: hôm nay\n---\nx")
    expect(await problemsOf(file)).toEqual([
      `${file}: dòng 2: title: còn thiếu`,
      `${file}: dòng 2: date: ngày cần có thật và viết dạng năm-tháng-ngày, ví dụ 2026-03-22`,
    ])
  })
})

describe("a file that can be read", () => {
  it("gives its name without ending as the id of its document, the same on every computer", async () => {
    const file = await aFile("Kế hoạch.MD".normalize("NFD"), "# Kế hoạch\n\nDọn đường.")
    expect((await readKnowledgeFile(file, { aliases: noAliases })).items.map((i) => [i.kind, i.key])).toEqual([["document", "Kế hoạch"]])
  })

  it("may begin with a mark that Windows puts there", async () => {
    const jsonl = await aFile("tthc.jsonl", `\ufeff${portalLine()}\r\n`)
    const yaml = await aFile("tthc.yml", `\ufeff- code: "1.900002"\r\n  name: Nuôi chim\r\n  source: { title: Xã }\r\n`)
    const text = await aFile("noi-quy.txt", "\ufeffNội quy tiếp dân của xã\n\nXin giữ trật tự.")
    const { items, problems } = await readKnowledgeFiles([jsonl, yaml, text], { aliases: noAliases })
    expect(problems).toEqual([])
    expect(items.map((i) => i.key)).toEqual(["1.900001", "1.900002", "noi-quy"])
  })
})

it("a file that a Mac wrote with loose marks becomes the same records", async () => {
  const line = portalLine({ dossier: [{ group: "Trường hợp cấp mới", name: "Tờ khai", original: 1, forms: ["Mẫu số 01 về nuôi chim"] }] })
  const loose = await readKnowledgeFile(await aFile("tthc.jsonl", line.normalize("NFD")), { aliases: noAliases })
  const usual = await readKnowledgeFile(await aFile("tthc.jsonl", line.normalize("NFC")), { aliases: noAliases })
  expect(loose.items).toEqual(usual.items)
})

it("of two files with one code the first counts, and the second is told", async () => {
  const first = await aFile("mot.jsonl", portalLine({ name: "Thứ nhất" }))
  const second = await aFile("hai.jsonl", `${portalLine({ name: "Thứ hai" })}\n${portalLine({ code: "1.900002" })}`)
  const { items, problems } = await readKnowledgeFiles([first, second], { aliases: noAliases })
  expect(items.map((i) => i.key)).toEqual(["1.900001", "1.900002"])
  expect(items[0]?.body).toMatchObject({ name: "Thứ nhất" })
  expect(problems).toEqual([`${second}: 1.900001 đã có trong một tệp đứng trước`])
  expect(path.basename(second)).toBe("hai.jsonl")
})
