import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import path from "node:path"
import express from "express"
import { describe, expect, it, onTestFinished } from "vitest"
import { createMediaRouter } from "../../admin/media.ts"
import { mediaReasonText } from "../../admin/media-texts.ts"
import { createMediaStore } from "../../bot/media/store.ts"
import { createUploads } from "../../bot/media/uploads.ts"
import { newId, openTestDatabase, temporaryFolder } from "../support/house.ts"
import { PDF, photo } from "../support/media-samples.ts"

/** The staff area with one file of each sort; an officer shows a badge. */
async function desk() {
  const db = await openTestDatabase()
  const now = () => new Date()
  const store = createMediaStore({ folder: path.join(await temporaryFolder(), ".media"), now })
  const uploads = createUploads({ store })
  await db.conversation.create({
    data: { id: "c1", accountId: "web", peerId: "a", version: 0, context: {}, createdAt: now(), updatedAt: now() },
  })
  const row = async (given: { state: string; hash?: string; mime?: string; name?: string; reason?: string }) => {
    const place = { conversationId: "c1", inboxEventId: "e1", accountId: "web", kind: "file", createdAt: now(), attempts: 1 }
    return (await db.mediaFile.create({ data: { id: newId(), ...place, ...given } })).id
  }
  const stored = async (bytes: Buffer, name: string) => {
    const upload = await uploads.acceptUpload(bytes, name)
    if (!upload.ok) throw new Error(upload.why)
    const { hash, mime } = upload.file
    return { hash, id: await row({ state: "stored", hash, mime, name }) }
  }
  const mayRead: express.RequestHandler = (request, response, next) => {
    if (request.get("X-Badge") === "lan") next()
    else response.status(401).end()
  }
  const server = createServer(express().use(createMediaRouter({ db, store, mayRead })))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/quan-tri/media`
  const get = (where: string, headers: Record<string, string> = { "X-Badge": "lan" }) => fetch(`${root}/${where}`, { headers })
  return { get, row, stored, store }
}

describe("an officer", () => {
  it("saves what a citizen sent under its own name, and the browser opens nothing", async () => {
    const { get, stored } = await desk()
    const { id } = await stored(PDF, "đơn xin.pdf")
    const response = await get(id)
    expect(Buffer.from(await response.arrayBuffer()).equals(PDF)).toBe(true)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition": expect.stringMatching(/^attachment; .*filename\*=UTF-8''%C4%91%C6%A1n%20xin\.pdf/) as string,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, no-cache",
    })
  })

  it("sees a photo as it was redrawn, never the original in the page", async () => {
    const { get, stored, store } = await desk()
    const { id, hash } = await stored(await photo(), "anh.jpg")
    const drawn = await photo(20, 20)
    expect(await (await get(`${id}/anh`)).json()).toMatchObject({ error: { code: "no_picture" } })
    await store.keepDisplay(hash, () => Promise.resolve(drawn))
    const response = await get(`${id}/anh`)
    expect(Buffer.from(await response.arrayBuffer()).equals(drawn)).toBe(true)
    expect(response.headers.get("content-disposition")).toBe("inline")
    expect(response.headers.get("content-type")).toBe("image/jpeg")
    expect((await get(id)).headers.get("content-disposition")).toMatch(/^attachment/)
    // As a browser asks that looks at the chat again.
    const again = { "If-None-Match": response.headers.get("etag") ?? "", "Cache-Control": "max-age=0" }
    expect((await get(`${id}/anh`, { "X-Badge": "lan", ...again })).status).toBe(304)
    expect((await get(`${id}/anh`, again)).status).toBe(401)
  })

  it("is told in words why a file is not to be had", async () => {
    const { get, row, stored, store } = await desk()
    const { hash } = await stored(PDF, "a.pdf")
    const held = await row({ state: "quarantined", hash, reason: "executable:disguised" })
    for (const where of [held, `${held}/anh`]) {
      const refused = await get(where)
      expect(refused.status).toBe(403)
      expect(await refused.json()).toEqual({ error: { code: "quarantined", message: mediaReasonText("executable:disguised") } })
    }
    const cases = [
      [await row({ state: "waiting" }), "waiting"],
      [await row({ state: "failed", reason: "too_large" }), "failed"],
      ["khong-co", "not_found"],
      ["..%2f..%2fsecrets.json", "not_found"],
    ] as const
    for (const [id, code] of cases) {
      const response = await get(id)
      expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([404, code])
    }
    const lost = await stored(await photo(), "b.jpg")
    await store.remove(lost.hash)
    expect((await get(lost.id)).status).toBe(404)
  })
})

it("nobody else gets a byte", async () => {
  const { get, stored } = await desk()
  const { id } = await stored(PDF, "đơn xin.pdf")
  for (const where of [id, `${id}/anh`, "khong-co"]) {
    const response = await get(where, {})
    expect([response.status, await response.text()]).toEqual([401, ""])
  }
})
