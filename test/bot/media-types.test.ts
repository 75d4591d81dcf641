import { writeFile } from "node:fs/promises"
import path from "node:path"
import { createCanvas, loadImage } from "@napi-rs/canvas"
import { describe, expect, it } from "vitest"
import { safeName } from "../../bot/media/file-name.ts"
import { nameLies, recognise } from "../../bot/media/file-type.ts"
import { createRedraw } from "../../bot/media/picture.ts"
import { CAMERA, drawing, IPHONE_PHOTO, ole, PDF, photo, PROGRAM, WORD, withPlace, zip } from "../support/media-samples.ts"
import { temporaryFolder } from "../support/house.ts"

async function fileOf(bytes: Uint8Array | string): Promise<string> {
  const file = path.join(await temporaryFolder(), "tep")
  await writeFile(file, bytes)
  return file
}
const seen = async (bytes: Uint8Array | string) => {
  const recognised = await recognise(await fileOf(bytes))
  return recognised.ok ? recognised.type.mime : recognised.danger
}
const latin = (text: string) => Buffer.concat([Buffer.from(text, "latin1"), Buffer.alloc(64)])

describe("what a file is", () => {
  it.each([
    ["a PDF", PDF, "application/pdf"],
    ["an iPhone's photo", IPHONE_PHOTO, "image/heic"],
    ["a film", latin("\0\0\0\x18ftypmp42"), "video/mp4"],
    ["a voice message of Zalo", latin("\0\0\0\x18ftypM4A "), "audio/mp4"],
    ["a voice message of Telegram", latin("OggS\0\x02"), "audio/ogg"],
    ["a Word file", zip(WORD), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    [
      "an OpenDocument text",
      zip([{ name: "mimetype", content: "application/vnd.oasis.opendocument.text" }, { name: "content.xml" }]),
      "application/vnd.oasis.opendocument.text",
    ],
    ["an old Word file", ole("Root Entry", "WordDocument"), "application/msword"],
    ["an old Excel file", ole("Root Entry", "Workbook"), "application/vnd.ms-excel"],
  ])("%s is known by its content", async (_what, bytes, mime) => {
    expect(await seen(bytes)).toBe(mime)
  })

  it("photos are known too", async () => {
    expect(await seen(await photo())).toBe("image/jpeg")
    expect(await seen(await drawing())).toBe("image/png")
  })

  it.each([
    ["a Windows program", PROGRAM, "executable"],
    ["a Linux program", latin("\x7fELF\x02"), "executable"],
    ["a shortcut", latin("L\0\0\0\x01\x14\x02\0"), "executable"],
    ["a shell script", "#!/bin/sh\nrm -rf ~", "script"],
    ["a batch file", "@echo off\r\ndel *", "script"],
    ["a PHP page", "<?php system('id');", "script"],
    ["a web page", "\n <!DOCTYPE html><script>alert(1)</script>", "markup"],
    ["a web page in UTF-16", Buffer.from("\ufeff<html><body>", "utf16le"), "markup"],
    ["a drawing in SVG", `<?xml version="1.0"?><svg onload="alert(1)"/>`, "markup"],
    ["an archive", zip([{ name: "anh.jpg", content: "x" }]), "archive"],
    ["an Android app", zip([{ name: "AndroidManifest.xml" }, { name: "classes.dex" }]), "archive"],
    ["a torn archive", zip(WORD).subarray(0, 60), "archive"],
    ["a RAR", latin("Rar!\x1a\x07"), "archive"],
    ["an installer", ole("Root Entry", "Installer"), "archive"],
    ["a Word file with macros", zip([...WORD, { name: "word/vbaProject.bin" }]), "macro"],
    ["a Word file with a program in it", zip([...WORD, { name: "word/embeddings/hoadon.exe" }]), "macro"],
    ["an old Word file with macros", ole("WordDocument", "_VBA_PROJECT"), "macro"],
    ["a Word file that unpacks to 4 GB", zip([...WORD, { name: "word/media/a.xml", claims: 4_000_000_000 }]), "bomb"],
    ["nothing", "", "empty"],
    ["anything else", "xin chào", "unknown"],
  ])("%s is held back", async (_what, bytes, danger) => {
    expect(await seen(bytes)).toBe(danger)
  })

  it("a name that promises something else is told, one without an ending promises nothing", async () => {
    const jpeg = await recognise(await fileOf(await photo()))
    const program = await recognise(await fileOf(PROGRAM))
    expect([nameLies("anh.JPG", jpeg), nameLies("anh", jpeg), nameLies(null, jpeg)]).toEqual([false, false, false])
    expect([nameLies("don.pdf", jpeg), nameLies("anh.exe", jpeg)]).toEqual([true, true])
    expect([nameLies("anh.jpg", program), nameLies("cai-dat.exe", program)]).toEqual([true, false])
  })
})

it("a file is saved under a name that says what it is, whatever it was called", () => {
  expect(safeName("Đơn xin xác nhận.pdf", "application/pdf")).toBe("Đơn xin xác nhận.pdf")
  expect(safeName("../../etc/passwd", "application/pdf")).toBe("passwd.pdf")
  expect(safeName("C:\\anh\\hoadon.exe", "image/jpeg")).toBe("hoadon.exe.jpg")
  // A mark that turns the reading direction makes "exe.pdf" look like "fdp.exe" and the other way round.
  expect(safeName("anh\u202egpj.exe", "image/jpeg")).toBe("anhgpj.exe.jpg")
  expect(safeName('a"\r\nSet-Cookie: x.jpg', "image/jpeg")).toBe("aSet-Cookie x.jpg")
  expect(safeName(null, "audio/ogg")).toBe("tep.ogg")
  expect(safeName("...", "audio/ogg")).toBe("tep.ogg")
  expect(safeName("ế".repeat(500), "image/png")).toBe(`${"ế".repeat(100)}.png`)
})

describe("a picture that is shown", () => {
  const redraw = createRedraw({ maxPixels: 1_000_000, maxEdge: 200 })
  const shown = async (bytes: Buffer, mime = "image/jpeg") => redraw({ path: await fileOf(bytes), mime })

  it("has lost the place and the camera, and stands upright", async () => {
    const taken = withPlace(await photo(60, 40))
    expect(taken.includes("Exif") && taken.includes(CAMERA)).toBe(true)
    const picture = await shown(taken)
    expect(picture?.includes("Exif")).toBe(false)
    expect(picture?.includes(CAMERA)).toBe(false)
    const { width, height } = await loadImage(picture ?? "")
    expect([width, height]).toEqual([40, 60])
  })

  it("is made smaller, never larger, and a transparent ground is white", async () => {
    const small = await loadImage((await shown(await photo(100, 50))) ?? "")
    expect([small.width, small.height]).toEqual([100, 50])
    const large = await loadImage((await shown(await drawing(800, 400), "image/png")) ?? "")
    expect([large.width, large.height]).toEqual([200, 100])
    const clear = await loadImage((await shown(await createCanvas(20, 20).encode("png"), "image/png")) ?? "")
    const canvas = createCanvas(20, 20)
    canvas.getContext("2d").drawImage(clear, 0, 0)
    expect([...canvas.getContext("2d").getImageData(10, 10, 1, 1).data]).toEqual([255, 255, 255, 255])
  })

  it.each(["jpeg", "png", "webp", "gif"] as const)("may be a %s", async (format) => {
    const bytes = format === "gif" ? await createCanvas(30, 20).encode("gif") : await createCanvas(30, 20).encode(format as "jpeg")
    const { width, height } = await loadImage((await shown(bytes, `image/${format}`)) ?? "")
    expect([width, height]).toEqual([30, 20])
  })

  it("is not even decoded when it claims to be enormous", async () => {
    const claim = (bytes: Buffer) => {
      bytes.writeUInt32BE(30_000, 16)
      bytes.writeUInt32BE(30_000, 20)
      return bytes
    }
    expect(await shown(claim(await drawing()), "image/png")).toBeNull()
  })

  it("is left out when it is broken or of a kind that is not decoded", async () => {
    expect(await shown((await photo()).subarray(0, 300))).toBeNull()
    expect(await shown(Buffer.from([0xff, 0xd8, 0xff]))).toBeNull()
    expect(await shown((await drawing()).subarray(0, 40), "image/png")).toBeNull()
    expect(await shown(IPHONE_PHOTO, "image/heic")).toBeNull()
    // One that cannot be drawn, even one that brings the decoder down, does not hold up the next.
    expect(await shown(await photo())).not.toBeNull()
  })
})
