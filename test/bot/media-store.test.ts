import { readdir, stat } from "node:fs/promises"
import path from "node:path"
import { describe, expect, it } from "vitest"
import { startForgetting } from "../../bot/media/forgetting.ts"
import { forgetMedia } from "../../bot/media/retention.ts"
import { createMediaStore } from "../../bot/media/store.ts"
import { createUploads } from "../../bot/media/uploads.ts"
import { newId, openTestDatabase, temporaryFolder } from "../support/house.ts"
import { until } from "../support/until.ts"
import { PDF, photo, PROGRAM } from "../support/media-samples.ts"

const DAY = 24 * 60 * 60 * 1000

async function shelf() {
  const time = { at: Date.now() }
  const now = () => new Date(time.at)
  const folder = path.join(await temporaryFolder(), "media")
  const store = createMediaStore({ folder, now })
  return { store, folder, now, pass: (days: number) => (time.at += days * DAY), uploads: createUploads({ store, maxBytes: 100_000 }) }
}

async function bytesOf(chunks: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks ?? []) all.push(chunk)
  return Buffer.concat(all)
}
const signal = new AbortController().signal

describe("a photo sent over the commune's own page", () => {
  it("is kept, and found again by the source that the page's message carries", async () => {
    const { uploads, store } = await shelf()
    const taken = await photo()
    const upload = await uploads.acceptUpload(taken, "C:\\anh\\o-ga.jpeg")
    expect(upload).toMatchObject({ ok: true, kind: "image", name: "o-ga.jpeg", file: { mime: "image/jpeg" } })
    if (!upload.ok) throw new Error(upload.why)
    expect(upload.source).toBe(`blob:${upload.file.hash}`)
    expect((await bytesOf(await uploads.fetchMedia(upload.source, signal))).equals(taken)).toBe(true)
    expect(await store.open(upload.file.hash)).toMatchObject({ bytes: taken.length })
  })

  it("is refused at once when it is too large or must not be opened, and leaves nothing behind", async () => {
    const { uploads, folder } = await shelf()
    expect(await uploads.acceptUpload(Buffer.alloc(100_001, 1), "anh.jpg")).toEqual({ ok: false, why: "too_large" })
    expect(await uploads.acceptUpload(PROGRAM, "anh.jpg")).toEqual({ ok: false, why: "not_allowed" })
    expect(await uploads.acceptUpload(new Uint8Array(), "anh.jpg")).toEqual({ ok: false, why: "not_allowed" })
    expect((await readdir(folder, { recursive: true })).filter((name) => name !== "incoming")).toEqual([])
  })

  it.each(["blob:", `blob:${"a".repeat(64)}`, "blob:../../secrets.json", "https://ke-xau.example/anh.jpg", ""])(
    "is gone when the source is %j",
    async (source) => {
      const { uploads } = await shelf()
      await expect(uploads.fetchMedia(source, signal)).rejects.toMatchObject({ code: "media_unavailable", reason: "gone" })
    },
  )

  it("can be sent on to a citizen, and is read only then", async () => {
    const { uploads, store } = await shelf()
    const upload = await uploads.acceptUpload(PDF, "giấy hẹn.pdf")
    if (!upload.ok) throw new Error(upload.why)
    const attachment = uploads.openAttachment(upload.file)
    expect(attachment).toMatchObject({ kind: "file", name: "giấy hẹn.pdf", mime: "application/pdf" })
    expect(Buffer.from(await attachment.read()).equals(PDF)).toBe(true)
    await store.remove(upload.file.hash)
    await expect(attachment.read()).rejects.toMatchObject({ code: "not_found" })
  })
})

describe("the store", () => {
  it("lets only its owner read, and never leaves its folder", async () => {
    const { store, folder, uploads } = await shelf()
    const upload = await uploads.acceptUpload(PDF, null)
    if (!upload.ok) throw new Error(upload.why)
    const kept = await store.open(upload.file.hash)
    if (process.platform !== "win32") {
      expect((await stat(kept?.path ?? "")).mode & 0o777).toBe(0o600)
      expect((await stat(folder)).mode & 0o777).toBe(0o700)
    }
    for (const hash of ["", "..", "../../etc/passwd", "A".repeat(64), `${"a".repeat(64)}.begun`]) {
      expect(() => store.open(hash)).toThrow("No such file")
    }
  })

  it("does not draw a picture again on which the program died", async () => {
    const { store, uploads } = await shelf()
    const upload = await uploads.acceptUpload(await photo(), null)
    if (!upload.ok) throw new Error(upload.why)
    const { hash } = upload.file
    await expect(store.keepDisplay(hash, () => Promise.reject(new Error("the process ends here")))).rejects.toThrow()
    let drawn = 0
    await store.keepDisplay(hash, () => Promise.resolve(Buffer.from([(drawn += 1)])))
    expect(drawn).toBe(0)
    expect(await store.display(hash)).toBeNull()
  })
})

it("after its time a file is forgotten: that it was there stays, its name and content do not", async () => {
  const db = await openTestDatabase()
  const { store, uploads, now, pass } = await shelf()
  const createdAt = now()
  await db.conversation.create({
    data: { id: "c1", accountId: "web", peerId: "a", version: 0, context: {}, createdAt, updatedAt: createdAt },
  })
  const send = async (bytes: Buffer, name: string) => {
    const upload = await uploads.acceptUpload(bytes, name)
    if (!upload.ok) throw new Error(upload.why)
    const { hash, mime } = upload.file
    const place = { conversationId: "c1", inboxEventId: "e1", accountId: "web", kind: "file", createdAt: now() }
    await db.mediaFile.create({ data: { id: newId(), ...place, name, hash, mime, state: "stored", attempts: 1 } })
    return hash
  }
  const old = await send(PDF, "đơn của bà Hoa.pdf")
  const shared = await send(await photo(), "ảnh.jpg")
  const nobodys = await uploads.acceptUpload(await photo(30, 30), "chưa gửi.jpg")
  pass(100)
  await send(await photo(), "ảnh.jpg")
  const young = await send(await photo(90, 20), "mới.jpg")

  const before = new Date(now().getTime() - 90 * DAY)
  expect(await forgetMedia({ db, store }, before)).toEqual({ rows: 2, files: 2 })
  expect(await store.open(old)).toBeNull()
  expect(nobodys.ok && (await store.open(nobodys.file.hash))).toBeNull()
  expect(await store.open(shared)).not.toBeNull()
  expect(await store.open(young)).not.toBeNull()
  const rows = await db.mediaFile.findMany({ orderBy: { createdAt: "asc" } })
  expect(rows.map(({ state, reason, name, hash }) => [state, reason, name, hash])).toEqual([
    ["failed", "expired", null, null],
    ["failed", "expired", null, null],
    ["stored", null, "ảnh.jpg", shared],
    ["stored", null, "mới.jpg", young],
  ])
  expect(await forgetMedia({ db, store }, before)).toEqual({ rows: 0, files: 0 })
})

it("is forgotten at the start and then again and again, as long as the commune keeps what it promised", async () => {
  const { store, uploads, now, pass } = await shelf()
  const db = await openTestDatabase()
  const reported: unknown[] = []
  const keep = async (bytes: Buffer) => {
    const upload = await uploads.acceptUpload(bytes, "ảnh.jpg")
    return upload.ok ? upload.file.hash : ""
  }
  const first = await keep(await photo())
  pass(20)
  const second = await keep(await photo(90, 20))
  pass(20)
  let days = 30
  const forget = (before: Date) => forgetMedia({ db, store }, before)
  const stop = startForgetting({ forget, keepDays: () => days, now, report: (error) => reported.push(error), everyMs: 20 })
  await until(async () => expect(await store.open(first)).toBeNull())
  expect(await store.open(second)).not.toBeNull()
  days = 10
  await until(async () => expect(await store.open(second)).toBeNull())
  await stop()
  const third = await keep(await photo(30, 30))
  pass(20)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await store.open(third)).not.toBeNull()
  expect(reported).toEqual([])
})
