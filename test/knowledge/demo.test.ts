import { mkdir, writeFile } from "node:fs/promises"
import path from "node:path"
import { describe, expect, it } from "vitest"
import { InstallationError } from "../../errors.ts"
import { readDemo } from "../../knowledge/demo.ts"
import { KNOWLEDGE_FOLDER, loadAliases } from "../../knowledge/lexicon.ts"
import { fold } from "../../rag/vietnamese/fold.ts"
import { aFolder } from "../prisma/temporary-memory.ts"

const demo = await readDemo()
const procedures = demo.flatMap((item) => (item.kind === "procedure" ? [item.body] : []))
const notices = demo.flatMap((item) => (item.kind === "notice" ? [item.body] : []))

describe("the demo commune that is shipped", () => {
  it("has at least sixty procedures, each with a code of its own", () => {
    expect(procedures.length).toBeGreaterThanOrEqual(60)
    expect(new Set(procedures.map((p) => p.code)).size).toBe(procedures.length)
  })

  it("gives every procedure a name that citizens use", () => {
    expect(procedures.filter((p) => p.aliases.length === 0).map((p) => p.code)).toEqual([])
  })

  it("never gives one such name to two procedures, nor twice to one", () => {
    const owners = new Map<string, string[]>()
    for (const { code, aliases } of procedures)
      for (const alias of aliases) owners.set(fold(alias), [...(owners.get(fold(alias)) ?? []), code])
    expect([...owners].filter(([, codes]) => codes.length > 1)).toEqual([])
  })

  it("tells for every procedure how to hand in, what to bring, what to do, and where that is written", () => {
    const incomplete = procedures.filter(
      (p) => p.methods.length * p.dossier.length * p.steps.length * p.source.title.length === 0 || p.place === "",
    )
    expect(incomplete.map((p) => p.code)).toEqual([])
  })

  it("has no fee that cannot be one: at least 1,000 đồng, or words that explain it, and the figure is in its words", () => {
    const fees = procedures.flatMap((p) => p.methods.flatMap((m) => m.fees.map((fee) => ({ code: p.code, ...fee }))))
    expect(fees.filter((f) => f.amount !== null && f.amount < 1000 && f.text.length < 20)).toEqual([])
    const figure = (amount: number) => new Intl.NumberFormat("vi-VN").format(amount)
    expect(fees.filter((f) => f.amount !== null && !f.text.includes(figure(f.amount)))).toEqual([])
    expect(fees.filter((f) => f.status === "free" && /hội đồng nhân dân/i.test(f.text))).toEqual([])
  })

  it("says every typed time in its words too", () => {
    const times = procedures.flatMap((p) => p.methods.flatMap((m) => (m.time?.amount ? [{ code: p.code, ...m.time }] : [])))
    expect(times.length).toBeGreaterThan(0)
    expect(times.filter((t) => !new RegExp(`(?<!\\d)0?${String(t.amount)}(?!\\d)`).test(t.text))).toEqual([])
  })

  it("has public notices of all five kinds", () => {
    expect([...new Set(notices.map((n) => n.kind))].sort()).toEqual([
      "contact",
      "data_protection",
      "opening_hours",
      "reception",
      "same_day",
    ])
    expect(notices.some((n) => n.kind === "contact" && n.hotline)).toBe(true)
  })

  it("promises the same day only for procedures that it has and that are marked so", () => {
    const codes = notices.flatMap((n) => (n.kind === "same_day" ? n.procedures : []))
    expect(codes.length).toBeGreaterThan(0)
    const sameDay = new Map(procedures.map((p) => [p.code, p.sameDay]))
    expect(codes.filter((code) => sameDay.get(code) !== true)).toEqual([])
  })
})

it("a demo file that somebody broke stops the start and names the line", async () => {
  const folder = await aFolder()
  await mkdir(path.join(folder, "procedures"))
  await writeFile(path.join(folder, "procedures", "hong.yaml"), "- code: x\n  name: Hỏng\n  source: { title: Xã }\n")
  const refused = await readDemo(folder).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(InstallationError)
  expect(String(refused)).toContain("hong.yaml: dòng 1: code: mã thủ tục có dạng 1.001193")
})

describe("the names that citizens use", () => {
  it("of one procedure are put together from all files, each once", async () => {
    const folder = await aFolder()
    await mkdir(path.join(folder, "lexicon"))
    await mkdir(path.join(folder, "demo", "procedures"), { recursive: true })
    await writeFile(
      path.join(folder, "lexicon", "a.yaml"),
      '"1.900001": [nuôi chim, thả chim]\n"1.900002": &same [nuôi cá]\n"1.900003": *same\n',
    )
    await writeFile(path.join(folder, "lexicon", "b.yaml"), '"1.900001": [thả chim, chuồng chim]\n')
    await writeFile(path.join(folder, "demo", "procedures", "c.yaml"), '- code: "1.900001"\n  aliases: [chim cảnh]\n- code: "1.900009"\n')
    const aliases = loadAliases(folder)
    expect(aliases("1.900001")).toEqual(["nuôi chim", "thả chim", "chuồng chim", "chim cảnh"])
    expect(aliases("1.900003")).toEqual(["nuôi cá"])
    expect(aliases("1.900009")).toEqual([])
    expect(aliases("9.999999")).toEqual([])
  })

  it("are shipped for the demo's procedures and for more", () => {
    const aliases = loadAliases(KNOWLEDGE_FOLDER)
    for (const procedure of procedures) expect(aliases(procedure.code)).toEqual(expect.arrayContaining(procedure.aliases))
    expect(aliases("1.001193").length).toBeGreaterThan(procedures.find((p) => p.code === "1.001193")?.aliases.length ?? 0)
  })
})
