import { existsSync, readdirSync } from "node:fs"
import { request } from "node:http"
import path from "node:path"
import { expect, it } from "vitest"
import type { CheckRow } from "../../admin/contract/publishing.ts"
import type { Role } from "../../admin/permissions.ts"
import { addPerson } from "../../admin/staff/people.ts"
import { hashPassword } from "../../admin/staff/password.ts"
import { verifyChain } from "../../prisma/evidence.ts"
import { readAudit } from "../../prisma/audit.ts"
import type { Service } from "../../serve.ts"
import { aCitizen, aDataDir, runningCommune } from "../journeys/running-commune.ts"
import { pdfOf } from "../support/papers.ts"
import { until } from "../support/until.ts"

const PASSWORD = "bốn con gà trống choai"

const PLAN = [
  "ỦY BAN NHÂN DÂN\nXÃ SUỐI TRONG\nSố: 27/KH-UBND\nSuối Trong, ngày 12 tháng 3 năm 2026\nKẾ HOẠCH\nHỗ trợ hộ chăn nuôi ong lấy mật\nI. MỤC ĐÍCH\nKế hoạch này nhằm hỗ trợ các hộ gia đình trên địa bàn xã phát triển nghề nuôi ong lấy mật, tăng thu nhập cho nhân dân.",
  "II. MỨC HỖ TRỢ\n1. Mức hỗ trợ nuôi ong\nMỗi hộ chăn nuôi ong lấy mật được hỗ trợ 750.000 đồng một đàn ong, tối đa 20 đàn ong mỗi hộ, từ nguồn ngân sách xã.\n2. Tổ chức thực hiện\nTrưởng thôn lập danh sách các hộ gia đình nuôi ong gửi về Ủy ban nhân dân xã trước ngày 30 tháng 6 năm 2026.",
]
const QUESTION = "mức hỗ trợ nuôi ong lấy mật là bao nhiêu"

/** A member of staff at a running commune, signed in. */
async function staffAt({ url, installation: { db } }: Service, role: Role) {
  const passwordHash = await hashPassword(PASSWORD)
  const id = `staff-${role}`
  await db.$transaction((tx) => addPerson(tx, { id, account: role, name: "Nguyễn Văn An", roles: [role], passwordHash, now: new Date() }))
  const api = `${url}api/quan-tri`
  const headers: Record<string, string> = { "x-quan-tri": "1", "content-type": "application/json" }
  const signedIn = await fetch(`${api}/session`, { method: "POST", headers, body: JSON.stringify({ account: role, password: PASSWORD }) })
  headers["cookie"] = signedIn.headers.get("set-cookie")?.split(";")[0] ?? ""
  const answered = async (response: Response) => ({ status: response.status, body: (await response.json()) as Record<string, unknown> })
  return {
    cookie: headers["cookie"],
    get: async (target: string) => answered(await fetch(`${api}${target}`, { headers })),
    file: (target: string) => fetch(`${api}${target}`, { headers }),
    send: async (method: string, target: string, body: unknown = {}) =>
      answered(await fetch(`${api}${target}`, { method, headers, body: JSON.stringify(body) })),
    upload: async (name: string, content: Uint8Array<ArrayBuffer>) =>
      answered(
        await fetch(`${api}/documents?name=${encodeURIComponent(name)}`, {
          method: "POST",
          headers: { ...headers, "content-type": "application/octet-stream" },
          body: content,
        }),
      ),
  }
}

type Person = Awaited<ReturnType<typeof staffAt>>

/** Checks a file that was read, and publishes it: what the check showed. */
async function published(approver: Person, file: { id: string; version: string }, reason = ""): Promise<CheckRow> {
  expect(await approver.send("POST", "/publications/checks", { file })).toMatchObject({ status: 200 })
  const check = await until(async () => {
    const { check: newest } = (await approver.get(`/publications/check?file=${file.id}`)).body as { check: CheckRow }
    expect(newest.state).toBe("done")
    return newest
  })
  expect(await approver.send("POST", `/publications/checks/${check.id}/publish`, { reason })).toMatchObject({ status: 200 })
  return check
}

const bytesOf = async (pages: readonly string[]) => Uint8Array.from(await pdfOf(pages))

it(
  "a plan given in, put right, confirmed by one person and published by another, answers citizens with its page",
  { timeout: 120_000 },
  async () => {
    const service = await runningCommune(aDataDir())
    const [editor, approver] = [await staffAt(service, "editor"), await staffAt(service, "approver")]
    const ask = aCitizen(service)
    expect((await ask(QUESTION)).answer.text).not.toContain("750.000")

    const content = await bytesOf(PLAN)
    const { body: given } = await editor.upload("ke-hoach-nuoi-ong.pdf", content)
    expect(given).toMatchObject({ duplicate: null })
    const at = `/documents/${String(given["id"])}`
    await service.ingest.idle()
    expect((await editor.get("/documents?q=nuoi-ong&state=read")).body).toMatchObject({
      total: 1,
      rows: [{ name: "ke-hoach-nuoi-ong.pdf", state: "read", pagesDone: 2, pagesTotal: 2, addedBy: "Nguyễn Văn An", publishedAt: null }],
    })
    expect((await editor.get(`/documents?q=${encodeURIComponent("Kế hoạch ong")}`)).body).toMatchObject({ total: 1 })
    expect((await editor.get("/documents?state=failed")).body).toMatchObject({ total: 0, rows: [] })

    const { body: seen } = await editor.get(at)
    const { head, version } = seen as { head: Record<string, string>; version: string }
    expect(head).toMatchObject({ number: "27/KH-UBND", date: "2026-03-12" })
    expect(seen).toMatchObject({ confirmed: false, doubtful: false, pages: [{ number: 1 }, { number: 2 }] })
    expect((seen["proposals"] as { field: string }[]).find(({ field }) => field === "number")).toMatchObject({ page: 1 })

    // Nobody publishes what nobody confirmed; whoever confirms does not publish.
    const file = { id: String(given["id"]), version }
    expect((await approver.send("POST", "/publications/checks", { file })).body).toMatchObject({
      error: { message: expect.stringContaining("Chưa có người xác nhận") as string },
    })
    expect((await editor.send("POST", "/publications/checks", { file })).status).toBe(403)
    expect((await approver.send("POST", `${at}/head`, { ...head, compared: true, version })).status).toBe(403)
    expect((await editor.send("POST", `${at}/head`, { ...head, title: "", compared: false, version })).body).toMatchObject({
      error: { fields: { title: "Xin ghi tên văn bản" } },
    })
    const text = String((await editor.get(`${at}/pages/1`)).body["text"])
    expect((await editor.send("POST", `${at}/pages/1`, { text: text.replace("750.000", "850.000"), version })).status).toBe(200)
    const late = await editor.send("POST", `${at}/head`, { ...head, compared: false, version })
    expect(late).toMatchObject({ status: 409, body: { error: { message: expect.stringContaining("người khác thay đổi") as string } } })
    const after = (await editor.get(at)).body as { version: string }
    const confirmed = { ...head, title: "Kế hoạch hỗ trợ nuôi ong lấy mật", compared: false, version: after.version }
    expect((await editor.send("POST", `${at}/head`, confirmed)).status).toBe(200)
    const last = (await approver.get(at)).body as { version: string }
    const stages = async () => {
      const { rows } = (await approver.get("/documents")).body as { rows: { stage: string }[] }
      const listed = async (stage: string) => (await approver.get(`/documents?state=${stage}`)).body["total"]
      return {
        rows: rows.map(({ stage }) => stage),
        read: await listed("read"),
        open: await listed("to_publish"),
        told: await listed("published"),
      }
    }
    expect(await stages()).toEqual({ rows: ["to_publish"], read: 0, open: 1, told: 0 })
    await published(approver, { ...file, version: last.version })
    expect(await stages()).toEqual({ rows: ["published"], read: 0, open: 0, told: 1 })

    const { answer } = await ask(QUESTION)
    expect(answer.text).toContain("850.000 đồng")
    expect(answer.citations).toContainEqual(expect.objectContaining({ page: 2 }))
    expect((await editor.send("DELETE", at)).status).toBe(409)
    // Put right afterwards, it waits again.
    await editor.send("POST", `${at}/pages/1`, { text: `${text}\nHết.`, version: last.version })
    expect(await stages()).toEqual({ rows: ["to_publish"], read: 0, open: 1, told: 0 })
    const original = await editor.file(`${at}/original`)
    expect(Buffer.from(await original.arrayBuffer()).equals(content)).toBe(true)
    expect(original.headers.get("content-disposition")).toContain("attachment")
    const picture = await editor.file(`${at}/pages/0/picture`)
    expect(picture.headers.get("content-type")).toBe("image/png")
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG")

    const { db } = service.installation
    const kinds = (await db.auditEntry.findMany({ orderBy: { seq: "asc" } })).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind.startsWith("document."))).toEqual([
      "document.added",
      "document.page_corrected",
      "document.confirmed",
      "document.published",
      "document.page_corrected",
    ])
    expect(await verifyChain(readAudit(db))).toMatchObject({ ok: true })
  },
)

it("a file with the name of another document takes its place only when a person says so", { timeout: 120_000 }, async () => {
  const service = await runningCommune(aDataDir())
  const [editor, approver] = [await staffAt(service, "editor"), await staffAt(service, "approver")]
  const told = () => service.installation.shelf.live().base.documents.map(({ id, number }) => [id, number])
  /** Gives a plan in, and confirms it as said. */
  const given = async (file: string, number: string, namesake?: string) => {
    const pages = PLAN.map((page) => page.replace("27/KH", number))
    const { body } = await editor.upload(file, await bytesOf(pages))
    const at = `/documents/${String(body["id"])}`
    await service.ingest.idle()
    const seen = (await editor.get(at)).body as { head: object; version: string; namesake: unknown }
    const confirm = (choice?: string) =>
      editor.send("POST", `${at}/head`, { ...seen.head, compared: false, version: seen.version, ...(choice ? { namesake: choice } : {}) })
    const outcome = await confirm(namesake)
    const { version } = (await editor.get(at)).body as { version: string }
    return { id: String(body["id"]), version, namesake: seen.namesake, outcome, confirm }
  }
  const first = await given("scan.pdf", "27/KH")
  expect(first).toMatchObject({ namesake: null, outcome: { status: 200 } })
  await published(approver, first)

  // The scanner calls the next paper the same: nobody is left to notice it by the silence of the first.
  const second = await given("scan.pdf", "28/KH")
  expect(second.namesake).toMatchObject({ number: "27/KH-UBND", date: "2026-03-12", choice: "" })
  expect(second.outcome).toMatchObject({
    status: 400,
    body: { error: { fields: { namesake: expect.stringContaining("giữ cả hai") as string } } },
  })
  expect((await second.confirm("another")).status).toBe(200)
  const apart = (await editor.get(`/documents/${second.id}`)).body as { version: string }
  expect(apart).toMatchObject({ namesake: { choice: "another" } })
  await published(approver, { id: second.id, version: apart.version })
  expect(told()).toEqual([
    ["scan", "27/KH-UBND"],
    ["scan (28-KH-UBND)", "28/KH-UBND"],
  ])

  const third = await given("scan.pdf", "29/KH", "replaces")
  expect(third.outcome.status).toBe(200)
  await published(approver, third)
  expect(told()).toEqual([
    ["scan", "29/KH-UBND"],
    ["scan (28-KH-UBND)", "28/KH-UBND"],
  ])

  // Confirmed while the name was free, and taken in the meantime: held up before the golden questions are put.
  const [fourth, fifth] = [await given("anh.pdf", "30/KH"), await given("anh.pdf", "31/KH")]
  await published(approver, fourth)
  expect(await approver.send("POST", "/publications/checks", { file: { id: fifth.id, version: fifth.version } })).toMatchObject({
    status: 409,
    body: { error: { message: expect.stringContaining("Xin chọn") as string } },
  })
})

it("poor text that a person put right counts as certain once they say that they compared it", { timeout: 60_000 }, async () => {
  const service = await runningCommune(aDataDir())
  const [editor, approver] = [await staffAt(service, "editor"), await staffAt(service, "approver")]
  const poor = "Muc ho tro nuoi ong lay mat la 750.000 dong mot dan ong, toi da 20 dan ong moi ho gia dinh, tu nguon ngan sach xa."
  const { body } = await editor.upload("nuoi-ong.txt", Uint8Array.from(Buffer.from(poor)))
  const at = `/documents/${String(body["id"])}`
  await service.ingest.idle()
  const seen = (await editor.get(at)).body as { head: object; version: string }
  expect(seen).toMatchObject({ doubtful: true, compared: false, file: { state: "needs_review" } })
  const good = "Mức hỗ trợ nuôi ong lấy mật là 750.000 đồng một đàn ong, tối đa 20 đàn ong mỗi hộ gia đình, từ nguồn ngân sách xã."
  await editor.send("POST", `${at}/pages/0`, { text: good, version: seen.version })
  const put = (await editor.get(at)).body as { version: string }
  // Whether it is certain is for the person to say, not for the gate.
  expect(put).toMatchObject({ doubtful: true, compared: false })
  expect((await editor.send("POST", `${at}/head`, { ...seen.head, title: "Nuôi ong", compared: true, version: put.version })).status).toBe(
    200,
  )
  const { version } = (await editor.get(at)).body as { version: string }
  await published(approver, { id: String(body["id"]), version })
  const { answer } = await aCitizen(service)(QUESTION)
  expect(answer.text).toContain("750.000 đồng")
  expect(answer.text).not.toContain("chưa đối chiếu")
})

it("a broken file is explained, read again, and removed; the same bytes are known", { timeout: 60_000 }, async () => {
  const dataDir = aDataDir()
  const service = await runningCommune(dataDir)
  const editor = await staffAt(service, "editor")
  const broken = Uint8Array.from(Buffer.from("%PDF-1.7 và không có gì nữa"))
  const { body } = await editor.upload("hỏng.pdf", broken)
  const at = `/documents/${String(body["id"])}`
  await service.ingest.idle()
  const failed = { state: "failed", note: expect.stringContaining("quét lại rồi gửi lại") as string }
  expect((await editor.get("/documents?state=failed")).body).toMatchObject({ total: 1, rows: [failed] })
  expect((await editor.get(`${at}/pages/0`)).body).toMatchObject({ error: { code: "conflict" } })
  expect((await editor.send("POST", `${at}/retry`)).status).toBe(200)
  await service.ingest.idle()
  expect((await editor.get(at)).body).toMatchObject({ file: failed, version: null })
  expect(String((await editor.upload("hỏng 2.pdf", broken)).body["duplicate"])).toContain("trùng hoàn toàn với “hỏng.pdf”")
  await service.ingest.idle()
  expect((await editor.send("DELETE", at)).status).toBe(200)
  expect((await editor.get(at)).status).toBe(404)
  expect(filesIn(path.join(dataDir, "files"))).toEqual([])
  expect(await service.installation.db.auditEntry.count({ where: { kind: "document.removed" } })).toBe(1)
})

it("what is empty or too large is refused with the reason, and leaves nothing behind", { timeout: 60_000 }, async () => {
  const dataDir = aDataDir()
  const service = await runningCommune(dataDir, { INGEST_MAX_MB: "1" })
  const editor = await staffAt(service, "editor")
  expect((await editor.upload("rong.pdf", new Uint8Array())).body).toMatchObject({ error: { message: "Tệp rỗng (0 byte)." } })
  const large = await editor.upload("to.pdf", new Uint8Array(1024 * 1024 + 1))
  expect(large).toMatchObject({ status: 422, body: { error: { message: expect.stringContaining("tối đa 1 MB") as string } } })
  expect((await editor.get("/documents/limit")).body).toEqual({ maxBytes: 1024 * 1024 })
  // A sender that does not tell the size is stopped on its way.
  await expect(untold(service, editor.cookie, 3 * 1024 * 1024)).resolves.not.toBe(200)
  expect((await editor.get("/documents")).body).toMatchObject({ total: 0 })
  expect(filesIn(path.join(dataDir, "files"))).toEqual([])
})

it("an auditor looks at everything and changes nothing", { timeout: 60_000 }, async () => {
  const service = await runningCommune(aDataDir())
  const [editor, auditor] = [await staffAt(service, "editor"), await staffAt(service, "auditor")]
  const { body } = await editor.upload("ke-hoach.pdf", await bytesOf(PLAN))
  const at = `/documents/${String(body["id"])}`
  await service.ingest.idle()
  expect((await auditor.get(at)).status).toBe(200)
  expect((await auditor.get(`${at}/pages/0`)).status).toBe(200)
  expect((await auditor.upload("khac.pdf", await bytesOf(["Khác"]))).status).toBe(403)
  expect((await auditor.send("POST", "/publications/checks", { drafts: [] })).status).toBe(403)
  for (const target of ["/retry", "/head", "/pages/0"]) expect((await auditor.send("POST", at + target)).status).toBe(403)
  expect((await auditor.send("DELETE", at)).status).toBe(403)
  expect(await service.installation.db.sourceFile.count()).toBe(1)
})

const filesIn = (folder: string) =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((e) => (e.isFile() ? [e.name] : [])) : []

/** Sends bytes in pieces without telling how many will come: the status, or 0 when the connection was cut. */
function untold({ url }: Service, cookie: string, bytes: number): Promise<number> {
  return new Promise((resolve) => {
    const headers = { cookie, "x-quan-tri": "1", "content-type": "application/octet-stream" }
    const sending = request(`${url}api/quan-tri/documents?name=to.pdf`, { method: "POST", headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sending.on("error", () => resolve(0))
    const piece = Buffer.alloc(64 * 1024, 65)
    for (let sent = 0; sent < bytes; sent += piece.length) sending.write(piece)
    sending.end()
  })
}
