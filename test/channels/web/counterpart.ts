import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { rm, mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import express from "express"
import { createWebChannel } from "../../../bot/channels/web/channel.ts"
import { textOf } from "../../../bot/body.ts"
import { type Channel, MediaUnavailableError, type OutboundMessage, type Sink } from "../../../bot/message.ts"
import { vi as texts } from "../../../bot/texts/conversation.ts"
import { type Database, openDatabase } from "../../../prisma/database.ts"
import { migrate } from "../../../prisma/migrate.ts"
import { COMMUNE, MIGRATIONS, newId, PSEUDONYM_KEY, silent } from "../../support/house.ts"
import { keptUploads } from "../../support/uploads.ts"
import type { Counterpart, CounterpartKind, Seen } from "../counterpart.ts"

export interface WebCounterpart extends Counterpart {
  readonly url: string
}

const BYTES = {
  image: { type: "image/jpeg", magic: [0xff, 0xd8, 0xff, 0xe0] },
  file: { type: "application/pdf", magic: [0x25, 0x50, 0x44, 0x46] },
} as const

/**
 * Citizens at their browsers, wired to the web channel over real HTTP. A peer is the conversation's id. With `db` an engine
 * on that database serves the channel; without it any sink does, and what is sent is written down here in the engine's place.
 */
export async function openWeb(given: { db?: Database; now?: () => Date } = {}): Promise<WebCounterpart> {
  const { now = () => new Date() } = given
  const own = given.db ? null : await ownDatabase()
  const db = given.db ?? own?.db
  if (!db) throw new Error("There is no database")
  const uploads = keptUploads()
  const lost = { next: null as "gone" | "too_large" | null, sources: new Map<string, "gone" | "too_large">() }
  const web = createWebChannel({
    db,
    info: () => ({ ...COMMUNE, commune: COMMUNE.name, demo: true, examples: [], maxLength: 4000 }),
    texts,
    logger: silent,
    now,
    newId,
    pseudonymKey: PSEUDONYM_KEY,
    limits: { questionsPerMinute: 10_000, answerWithinMs: 2_000 },
    uploads: {
      ...uploads,
      async acceptUpload(bytes, about) {
        const { source } = await uploads.acceptUpload(bytes, about)
        if (lost.next) lost.sources.set(source, lost.next)
        lost.next = null
        return { source }
      },
      readUpload(source, signal) {
        const how = lost.sources.get(source)
        return how ? Promise.reject(new MediaUnavailableError(how)) : uploads.readUpload(source, signal)
      },
    },
  })
  const site = createServer(express().use(web.router).use(web.unknownApiPath))
  site.listen(0, "127.0.0.1")
  await once(site, "listening")
  const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  const channel = own ? withoutEngine(web, db) : web
  const browsers = createBrowsers(url)
  const stop = async () => {
    browsers.close()
    await channel.stop()
    site.closeAllConnections()
    site.close()
    await own?.close()
  }
  return {
    url,
    channel,
    timeless: true,
    stop,
    ...browsers.hands,
    losesMedia: (how) => {
      lost.next = how
    },
  }
}

export const webCounterpart: CounterpartKind = { name: "Web", open: (given) => openWeb(given) }

async function ownDatabase() {
  const folder = await mkdtemp(path.join(tmpdir(), "tro-ly-xa-web-"))
  const file = path.join(folder, "test.db")
  await migrate({ file, migrations: MIGRATIONS, backups: folder, now: new Date() })
  const db = await openDatabase(file)
  const close = async () => {
    await db.$disconnect()
    await rm(folder, { recursive: true, force: true })
  }
  return { db, close }
}

/** Lets a plain sink serve the channel: it knows no receipts, and what is said stands in no database yet. */
function withoutEngine(web: Channel, db: Database): Channel {
  let last = 0
  return {
    ...web,
    start: (sink: Sink) =>
      web.start({
        ...sink,
        async accept(events) {
          const receipts = await sink.accept(events)
          return events.map(({ dedupeKey, peer }, i) => receipts[i] ?? { eventId: dedupeKey, peerId: peer.peerId, duplicate: false })
        },
        handled: (eventId) => sink.handled(eventId).catch(() => ({ kind: "replied" })),
      }),
    async send(message: OutboundMessage, partsSent) {
      const { accountId, peerId } = message.to
      const at = new Date((last = Math.max(Date.now(), last + 1)))
      const fresh = { id: newId(), accountId, peerId, version: 0, context: {}, createdAt: at, updatedAt: at }
      const { id } = await db.conversation.upsert({ where: { accountId_peerId: { accountId, peerId } }, create: fresh, update: {} })
      const staffName = message.author?.kind === "staff" ? message.author.publicName : null
      const said = { id: newId(), conversationId: id, direction: "out", text: textOf(message.body), staffName, createdAt: at }
      const answerId = message.choices.length > 0 ? await answerWith(db, { message, conversationId: id, at }) : null
      await db.message.create({ data: { ...said, answerId } })
      return web.send(message, partsSent)
    },
  }
}

/** Buttons are part of an answer. */
async function answerWith(db: Database, { message, conversationId, at }: { message: OutboundMessage; conversationId: string; at: Date }) {
  const id = newId()
  const choices = message.choices.map((choice) => ({ ...choice }))
  const text = textOf(message.body)
  const body = { id, status: "clarification", text, fields: {}, candidates: [], citations: [], choices, ms: 0 }
  const row = { id, conversationId, question: "", status: "clarification", text, trace: {}, knowledgeVersion: 1, ms: 0, createdAt: at }
  await db.answer.create({ data: { ...row, body } })
  return id
}

interface Posted {
  readonly path: string
  readonly body: () => RequestInit
}

/** What citizens do, and what their open pages show. */
function createBrowsers(url: string) {
  const seen: (Seen & { readonly choices: readonly { readonly id: string; readonly label: string }[] })[] = []
  const pages = new Map<string, AbortController>()
  const byKey = new Map<string, string>()
  let last: Posted | null = null

  const open = async (peerId: string) => {
    if (pages.has(peerId)) return
    const page = new AbortController()
    pages.set(peerId, page)
    const response = await fetch(`${url}/api/chat/stream?conversationId=${peerId}`, { signal: page.signal })
    void follow(response, (message) => {
      if (message.role !== "assistant") return
      const choices = message.answer?.choices ?? []
      seen.push({ peerId, text: message.text, messageId: message.id, buttons: choices.map(({ label }) => label), choices })
    }).catch(() => undefined)
  }
  const post = async (peerId: string, posted: Posted) => {
    await open(peerId)
    last = posted
    const { status } = await fetch(url + posted.path, { method: "POST", ...posted.body() })
    // Not answered in time is still taken in.
    if (status !== 200 && status !== 429 && status !== 504) throw new Error(`The web channel answered ${status}`)
  }
  const says = (peerId: string, body: object, clientMessageId = newId()) =>
    post(peerId, { path: "/api/chat", body: () => json({ ...body, conversationId: peerId, clientMessageId }) })
  const hands: Omit<Counterpart, "channel" | "stop"> = {
    seen: () => seen.map(({ peerId, text, messageId, buttons }) => ({ peerId, text, messageId, buttons })),
    says(peerId, text, { messageId, key } = {}) {
      const id = messageId ?? (key === undefined ? newId() : (byKey.get(key) ?? newId()))
      if (key !== undefined) byKey.set(key, id)
      return says(peerId, { text }, id)
    },
    async redelivers() {
      if (last) await fetch(url + last.path, { method: "POST", ...last.body() })
    },
    sendsMedia(peerId, { kind, caption = "", name = kind === "image" ? "anh.jpg" : "tep.pdf", bytes }) {
      const { type, magic } = BYTES[kind === "image" ? "image" : "file"]
      const ids = { conversationId: peerId, clientMessageId: newId(), text: caption }
      const content = new Uint8Array([...magic, ...(bytes ?? [1, 2, 3])])
      return post(peerId, { path: "/api/chat/media", body: () => ({ body: form({ ...ids, file: new File([content], name, { type }) }) }) })
    },
    sendsLocation: (peerId, location) => says(peerId, { text: "", location }),
    presses(peerId, label) {
      const choice = seen
        .findLast((message) => message.peerId === peerId && message.choices.length > 0)
        ?.choices.find((offered) => offered.label === label)
      if (!choice) throw new Error(`No button says ${label}`)
      return says(peerId, { text: label, choiceId: choice.id })
    },
    opens: open,
    misbehaves: async () => {
      const status = async (init: RequestInit) => (await fetch(`${url}/api/chat`, { method: "POST", ...init })).status
      return [
        { how: "too large", status: await status(json({ text: "x".repeat(1_100_000) })) },
        { how: "not JSON", status: await status({ ...json({}), body: "xin chào" }) },
        { how: "wrong content type", status: await status({ body: "<a/>", headers: { "Content-Type": "text/xml" } }) },
        { how: "GET", status: (await fetch(`${url}/api/chat`)).status },
      ]
    },
  }
  const close = () => {
    for (const page of pages.values()) page.abort()
  }
  return { hands, close }
}

const json = (body: object) => ({ body: JSON.stringify(body), headers: { "Content-Type": "application/json" } })

/** The fields of a form, the file last. */
export function form(fields: Readonly<Record<string, string | File>>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  return data
}

interface Streamed {
  readonly role: "assistant" | "citizen"
  readonly id: string
  readonly text: string
  readonly answer?: { readonly choices: readonly { readonly id: string; readonly label: string }[] }
}

async function follow(response: Response, show: (message: Streamed) => void): Promise<void> {
  let text = ""
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split("\n\n")
    text = blocks.pop() ?? ""
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (/^event: message$/m.test(block) && data !== undefined) show(JSON.parse(data) as Streamed)
    }
  }
}
