import { readdir, readFile, stat } from "node:fs/promises"
import path from "node:path"
import { loadImage } from "@napi-rs/canvas"
import { describe, expect, it, onTestFinished } from "vitest"
import { createDesk } from "../../bot/desk.ts"
import type { MediaLimits } from "../../bot/media/limits.ts"
import { createMedia, type Media } from "../../bot/media/media.ts"
import { type Channel, type InboundMedia, MediaUnavailableError } from "../../bot/message.ts"
import type { Later } from "../../bot/queues/alarms.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import type { Database } from "../../prisma/database.ts"
import { fakeChannel, says } from "../support/fake-channel.ts"
import { COMMUNE, fakeAnswer, newId, openTestDatabase, silent, startEngine, temporaryFolder } from "../support/house.ts"
import { CAMERA, IPHONE_PHOTO, PDF, photo, PROGRAM, withPlace } from "../support/media-samples.ts"
import { until } from "../support/until.ts"

type Given = Buffer | (() => Promise<AsyncIterable<Uint8Array>>)

/** Alarms that ring only when the test says so. */
function handClock() {
  const waiting = new Map<object, { ms: number; run: () => void }>()
  const time = { at: Date.now() }
  const later: Later = (ms, run) => {
    const key = {}
    waiting.set(key, { ms, run })
    return () => void waiting.delete(key)
  }
  /** Lets pass what the first alarm of this length waits for; tells whether there was one. */
  const ring = (wanted: (ms: number) => boolean) => {
    const found = [...waiting].find(([, { ms }]) => wanted(ms))
    if (!found) return false
    waiting.delete(found[0])
    time.at += found[1].ms
    found[1].run()
    return true
  }
  return { now: () => new Date(time.at), later, ring, set: () => [...waiting.values()].map(({ ms }) => ms) }
}

const DEADLINE = 61_000

/** A commune whose citizens send files over Telegram; `files` is what lies on the platform. */
async function office(given: { files?: Record<string, Given>; limits?: Partial<MediaLimits>; attached?: boolean } = {}) {
  const db = await openTestDatabase()
  const folder = path.join(await temporaryFolder(), "media")
  const files = new Map(Object.entries(given.files ?? {}))
  const asked: string[] = []
  const fetchMedia: NonNullable<Channel["fetchMedia"]> = async (source) => {
    asked.push(source)
    const file = files.get(source)
    if (!file) throw new MediaUnavailableError("gone")
    return Buffer.isBuffer(file) ? inChunks(file) : file()
  }
  const telegram = fakeChannel({ fetchMedia })
  const clock = handClock()
  let attached = given.attached ?? true
  const begin = async () => {
    const media = createMedia({
      db,
      folder,
      channel: (accountId) => (attached && accountId === telegram.channel.accountId ? telegram.channel : undefined),
      texts,
      now: clock.now,
      newId,
      logger: silent,
      wake: (conversation) => engine.wake(conversation),
      later: clock.later,
      limits: { deadlineMs: DEADLINE, ...given.limits },
    })
    await media.collector.start()
    onTestFinished(() => media.collector.stop())
    return media
  }
  let media: Media | null = null
  const collect = (accountId: string) => media?.collector.collect(accountId)
  const engine = await startEngine({ db, answer: fakeAnswer().answer, channels: [telegram.channel], onMedia: collect, now: clock.now })
  media = await begin()
  const sends = async (sources: readonly (string | Partial<InboundMedia>)[], as: { key?: string } = {}) => {
    const all = sources.map((one): InboundMedia => ({ kind: "image", source: "", ...(typeof one === "string" ? { source: one } : one) }))
    const [receipt] = await telegram.sink().accept([{ ...says("ba-hoa", "", as.key ? { dedupeKey: as.key } : {}), media: all } as never])
    await engine.handled(receipt?.eventId ?? "")
  }
  return {
    db,
    folder,
    files,
    asked,
    telegram,
    clock,
    engine,
    sends,
    media: () => media as Media,
    rows: () => db.mediaFile.findMany({ orderBy: { createdAt: "asc" } }),
    attach: () => {
      attached = true
      collect(telegram.channel.accountId)
    },
    restart: async () => {
      await media?.collector.stop()
      media = await begin()
    },
    /** Everything that was said about files. */
    told: () => telegram.tries.map(({ text }) => text).filter((text) => !Object.values(texts.wordless).includes(text)),
  }
}

async function* inChunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield await Promise.resolve(bytes.subarray(at, at + 1000))
}

const settled = (db: Database, count = 1) =>
  until(async () => {
    const rows = await db.mediaFile.findMany({ orderBy: { createdAt: "asc" } })
    expect(rows.filter(({ state }) => state !== "waiting")).toHaveLength(count)
    return rows
  })

async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return found.filter((entry) => entry.isFile()).map(({ name }) => name)
}

describe("a citizen's photo", () => {
  it("is kept as it came, and shown without the place where it was taken", async () => {
    const taken = withPlace(await photo())
    const { db, sends, media, folder, told } = await office({ files: { "tg:1": taken } })
    await sends([{ source: "tg:1", name: "o-ga.jpg" }])
    const [row] = await settled(db)
    expect(row).toMatchObject({ state: "stored", reason: null, mime: "image/jpeg", bytes: taken.length, source: null, name: "o-ga.jpg" })
    const { store } = media()
    expect(Buffer.from(await store.read(row?.hash ?? "")).equals(taken)).toBe(true)
    const shown = await store.display(row?.hash ?? "")
    const { width, height } = await loadImage(shown?.path ?? "")
    expect([width, height]).toEqual([40, 60])
    expect((await filesIn(folder)).sort()).toEqual([row?.hash, `${row?.hash}.display.jpg`])
    expect(path.relative(folder, (await store.open(row?.hash ?? ""))?.path ?? "")).toBe(
      path.join(row?.hash?.slice(0, 2) ?? "", row?.hash ?? ""),
    )
    if (process.platform !== "win32") expect((await stat(shown?.path ?? "")).mode & 0o777).toBe(0o600)
    expect((await readFile(shown?.path ?? "")).includes(CAMERA)).toBe(false)
    expect(told()).toEqual([])
  })

  it("of an iPhone is kept and shown as a file", async () => {
    const { db, sends, media } = await office({ files: { "tg:1": IPHONE_PHOTO } })
    await sends([{ source: "tg:1", name: "IMG_0001.HEIC" }])
    const [row] = await settled(db)
    expect(row).toMatchObject({ state: "stored", mime: "image/heic", reason: null })
    expect(await media().store.display(row?.hash ?? "")).toBeNull()
  })

  it("that comes twice is kept once", async () => {
    const taken = await photo()
    const { db, sends, folder, asked } = await office({ files: { "tg:1": taken, "tg:2": taken } })
    await sends(["tg:1"], { key: "a" })
    await sends(["tg:1"], { key: "a" })
    await sends(["tg:2"], { key: "b" })
    const rows = await settled(db, 2)
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(1)
    expect(asked).toEqual(["tg:1", "tg:2"])
    expect(await filesIn(folder)).toHaveLength(2)
  })

  it("comes with four others in an album, two at a time", async () => {
    let open = 0
    let most = 0
    const pictures = await Promise.all([10, 20, 30, 40, 50].map((width) => photo(width, 10)))
    const slowly = (bytes: Buffer) => async () => {
      most = Math.max(most, (open += 1))
      await new Promise((resolve) => setTimeout(resolve, 20))
      open -= 1
      return inChunks(bytes)
    }
    const files = Object.fromEntries(pictures.map((bytes, i) => [`tg:${i}`, slowly(bytes)]))
    const { db, sends } = await office({ files })
    await sends(Object.keys(files).map((source) => ({ source, albumKey: "chuyen-di" })))
    const rows = await settled(db, 5)
    expect(rows.every(({ state, albumKey }) => state === "stored" && albumKey === "chuyen-di")).toBe(true)
    expect(new Set(rows.map(({ inboxEventId }) => inboxEventId)).size).toBe(1)
    expect(most).toBe(2)
  })
})

describe("a file that must not be opened", () => {
  it("is held back, its false name is told, and the citizen hears how to send it", async () => {
    const { db, sends, media, told } = await office({ files: { "tg:1": PROGRAM } })
    await sends([{ source: "tg:1", name: "giay-khai-sinh.jpg" }])
    const [row] = await settled(db)
    expect(row).toMatchObject({ state: "quarantined", reason: "executable:disguised", mime: null, source: null })
    expect(await media().store.display(row?.hash ?? "")).toBeNull()
    await until(() => expect(told()).toEqual([texts.mediaFailed.notAllowed]))
    expect(await db.message.findMany({ where: { text: texts.mediaFailed.notAllowed, direction: "out" } })).toHaveLength(1)
  })

  it("is told of once for an album, also when its photos come as messages of their own", async () => {
    const { db, sends, told, files } = await office({ files: { "tg:1": PROGRAM, "tg:2": Buffer.from("#!/bin/sh\n") } })
    await sends([{ source: "tg:1", albumKey: "7" }, "tg:2"])
    await sends([{ source: "tg:2", albumKey: "7" }])
    await settled(db, 3)
    // One for the album, one for the file beside it.
    await until(() => expect(told()).toHaveLength(2))
    files.set("tg:3", PROGRAM)
    await sends([{ source: "tg:3" }, { source: "tg:3" }, { source: "tg:3" }])
    await settled(db, 6)
    await until(() => expect(told()).toHaveLength(3))
    expect(await db.outboxMessage.count({ where: { idempotencyKey: { startsWith: "media:" } } })).toBe(3)
  })

  it("is not spoken of while a human holds the chat", async () => {
    const { db, sends, engine, clock, files } = await office({ files: { "tg:1": PDF } })
    await sends(["tg:1"])
    await settled(db)
    const desk = createDesk({ db, texts, commune: () => COMMUNE, now: clock.now, newId, wake: engine.wake })
    await desk.take((await db.conversation.findFirstOrThrow()).id, { staffId: "lan", publicName: "Bà Lan" })
    files.set("tg:2", PROGRAM)
    await sends(["tg:2"])
    await settled(db, 2)
    expect(await db.outboxMessage.count({ where: { idempotencyKey: { startsWith: "media:" } } })).toBe(0)
  })

  it("a photo that is called a PDF is kept, and staff are told", async () => {
    const { db, sends, told } = await office({ files: { "tg:1": await photo() } })
    await sends([{ source: "tg:1", kind: "file", name: "don.pdf" }])
    expect(await settled(db)).toMatchObject([{ state: "stored", reason: "misnamed", mime: "image/jpeg" }])
    expect(told()).toEqual([])
  })
})

describe("a file that cannot be had", () => {
  it("is given up at 20 MB however long it would go on, and nothing of it stays", async () => {
    let sent = 0
    const endless = () =>
      Promise.resolve(
        (async function* () {
          for (; sent < 25; sent += 1) yield await Promise.resolve(Buffer.alloc(1024 * 1024, 1))
        })(),
      )
    const { db, sends, folder, told } = await office({ files: { "tg:1": endless } })
    await sends([{ source: "tg:1", kind: "video" }])
    expect(await settled(db)).toMatchObject([{ state: "failed", reason: "too_large", hash: null, source: null }])
    expect(sent).toBe(20)
    expect(await filesIn(folder)).toEqual([])
    await until(() => expect(told()).toEqual([texts.mediaFailed.tooLarge(20)]))
  })

  it("has vanished: the citizen is asked to send it again", async () => {
    const { db, sends, told } = await office()
    await sends(["tg:away"])
    expect(await settled(db)).toMatchObject([{ state: "failed", reason: "gone", source: null, attempts: 1 }])
    await until(() => expect(told()).toEqual([texts.mediaFailed.gone]))
  })

  it("hangs: another one gets by, and after the deadline it is tried again", async () => {
    let hanging = true
    const good = await photo()
    const stuck = async () => (hanging ? new Promise<never>(() => undefined) : inChunks(good))
    const { db, sends, clock, asked } = await office({ files: { "tg:stuck": stuck, "tg:2": PDF } })
    await sends(["tg:stuck"])
    await sends(["tg:2"])
    const rows = await settled(db)
    expect(rows.map(({ state }) => state)).toEqual(["waiting", "stored"])
    hanging = false
    expect(clock.ring((ms) => ms === DEADLINE)).toBe(true)
    await until(() => expect(clock.ring((ms) => ms === 15_000)).toBe(true))
    await settled(db, 2)
    expect(asked).toEqual(["tg:stuck", "tg:2", "tg:stuck"])
  })

  it("stops in the middle of its bytes: what came is dropped", async () => {
    const stuck = () =>
      Promise.resolve(
        (async function* () {
          yield await Promise.resolve(Buffer.from("%PDF-"))
          await new Promise(() => undefined)
        })(),
      )
    const { sends, clock, asked, folder, db } = await office({ files: { "tg:1": stuck } })
    await sends(["tg:1"])
    await until(async () => expect(await filesIn(folder)).toHaveLength(1))
    clock.ring((ms) => ms === DEADLINE)
    await until(async () => expect(await filesIn(folder)).toEqual([]))
    expect(asked).toEqual(["tg:1"])
    expect(await db.mediaFile.findMany()).toMatchObject([{ state: "waiting", source: "tg:1", attempts: 1 }])
  })

  it("breaks off twice on its way: it is fetched again and kept whole, and nobody is scolded", async () => {
    let breaks = 2
    const flaky = () =>
      Promise.resolve(
        (async function* () {
          yield await Promise.resolve(PDF.subarray(0, 20))
          if (breaks-- > 0) throw new MediaUnavailableError("gone", { cause: new TypeError("terminated") })
          yield PDF.subarray(20)
        })(),
      )
    const { db, sends, clock, asked, told, folder } = await office({ files: { "tg:1": flaky } })
    await sends(["tg:1"])
    for (const pause of [15_000, 30_000]) await until(() => expect(clock.ring((ms) => ms === pause)).toBe(true))
    expect(await settled(db)).toMatchObject([{ state: "stored", reason: null, bytes: PDF.length, attempts: 3 }])
    expect(asked).toEqual(["tg:1", "tg:1", "tg:1"])
    expect(await filesIn(folder)).toHaveLength(1)
    expect(told()).toEqual([])
  })

  it("is tried for an hour while the network is down, then given up", async () => {
    const down = () => Promise.reject(new MediaUnavailableError("gone", { cause: new TypeError("fetch failed") }))
    const { db, sends, clock, asked, told } = await office({ files: { "tg:1": down } })
    const begun = clock.now().getTime()
    await sends(["tg:1"])
    for (let tries = 1; tries <= 8; tries += 1) {
      await until(() => expect(asked).toHaveLength(tries))
      await until(() => expect(clock.ring((ms) => ms !== DEADLINE)).toBe(true))
    }
    expect(await settled(db)).toMatchObject([{ state: "failed", reason: "unreachable", source: null, attempts: 9 }])
    expect(asked).toHaveLength(9)
    expect(Math.round((clock.now().getTime() - begun) / 60_000)).toBe(61)
    await until(() => expect(told()).toEqual([texts.mediaFailed.gone]))
  })
})

describe("a restart", () => {
  it("takes up what was waiting, and what was being fetched does not count as tried", async () => {
    const good = await photo()
    let hanging = true
    const stuck = async () => (hanging ? new Promise<never>(() => undefined) : inChunks(good))
    const { db, sends, asked, restart, rows } = await office({ files: { "tg:1": stuck } })
    await sends(["tg:1"])
    await until(() => expect(asked).toHaveLength(1))
    hanging = false
    await restart()
    expect(await settled(db)).toMatchObject([{ state: "stored", attempts: 1 }])
    await restart()
    expect(await rows()).toHaveLength(1)
    expect(asked).toHaveLength(2)
  })

  it("gives up a file on which the program died again and again", async () => {
    const { db, sends, asked, restart, attach } = await office({ files: { "tg:1": PDF }, attached: false })
    await sends(["tg:1"])
    await db.mediaFile.updateMany({ data: { attempts: 9 } })
    await restart()
    attach()
    expect(await settled(db)).toMatchObject([{ state: "failed", reason: "unreachable" }])
    expect(asked).toEqual([])
  })

  it("drops half a file of the run before", async () => {
    const { folder, restart, media } = await office()
    const { store } = media()
    await store.receive(inChunks(PDF), 1000)
    expect(await filesIn(folder)).toHaveLength(1)
    await restart()
    expect(await filesIn(folder)).toEqual([])
  })
})

it("a channel that is not attached yet is waited for", async () => {
  const { db, sends, attach, clock, asked, rows } = await office({ files: { "tg:1": PDF, "tg:2": PDF }, attached: false })
  await sends(["tg:1"])
  await until(() => expect(clock.set()).toEqual([30_000]))
  expect(await rows()).toMatchObject([{ state: "waiting", attempts: 0 }])
  expect(asked).toEqual([])
  attach()
  expect(await settled(db)).toMatchObject([{ state: "stored", mime: "application/pdf" }])
})

it("stickers are not fetched, and nobody is scolded for one", async () => {
  const { db, sends, asked, told } = await office()
  await sends([{ kind: "sticker", source: "tg:hoa" }])
  expect(await settled(db)).toMatchObject([{ state: "failed", reason: "sticker", source: null }])
  expect(asked).toEqual([])
  expect(told()).toEqual([])
})

it("whatever a channel gives or throws, the files beside it are kept", async () => {
  const strange: Record<string, Given> = {
    "tg:null": () => Promise.resolve(null as unknown as AsyncIterable<Uint8Array>),
    "tg:throws": () => {
      throw new Error("sync")
    },
    "tg:string": () => Promise.reject(Object.assign(new Error("odd"), { code: 5, cause: "a string" })),
    "tg:words": () =>
      Promise.resolve(
        (async function* () {
          yield await Promise.resolve({} as Uint8Array)
        })(),
      ),
    "tg:good": PDF,
  }
  const { db, sends } = await office({ files: strange })
  await sends(Object.keys(strange))
  const rows = await settled(db)
  expect(rows.find(({ source }) => source === null)).toMatchObject({ state: "stored" })
  await until(async () => expect((await db.mediaFile.findMany()).filter(({ attempts }) => attempts === 1)).toHaveLength(5))
})
