import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Block } from "../../knowledge/document.ts"
import { fromMarkdown } from "../../knowledge/import/markdown.ts"
import { passagesOf } from "../../knowledge/passages.ts"
import { aDocument } from "./samples.ts"

const textsOf = (blocks: readonly (Block | string)[]) => passagesOf(aDocument(blocks)).map((p) => p.text)
const item = (text: string): Block => ({ kind: "item", text })

describe("a passage", () => {
  it("keeps a list with the line that announces it", () => {
    expect(textsOf(["Lời đầu.", "Hồ sơ gồm:", item("- Đơn"), item("- Ảnh"), "Lời cuối."])).toEqual([
      "Lời đầu.",
      "Hồ sơ gồm:\n- Đơn\n- Ảnh",
      "Lời cuối.",
    ])
  })

  it("of a long list repeats the announcing line, so that every part says what it lists", () => {
    const papers = Array.from({ length: 30 }, (_, n) => item(`- Giấy tờ số ${n} ${"rất dài ".repeat(10)}`.trim()))
    const passages = textsOf(["Hồ sơ gồm:", ...papers])
    expect(passages.length).toBeGreaterThan(2)
    for (const passage of passages) expect(passage).toMatch(/^Hồ sơ gồm:\n- Giấy tờ số/)
  })

  it("has the same id after the document is imported again with something new before it", () => {
    const before = passagesOf(fromMarkdown("kh", "# Kế hoạch\n\nĐoạn một.\n\nĐoạn hai."))
    const after = passagesOf(fromMarkdown("kh", "# Kế hoạch\n\nĐoạn mới.\n\nĐoạn một.\n\nĐoạn hai đã sửa."))
    const idOf = (passages: typeof before, text: string) => passages.find((p) => p.text === text)?.id
    expect(idOf(after, "Đoạn một.")).toBe(idOf(before, "Đoạn một."))
    expect(after.map((p) => p.id)).not.toContain(idOf(before, "Đoạn hai."))
    expect(idOf(before, "Đoạn một.")).toMatch(/^kh#[0-9a-f]{12}$/)
  })

  it("and its twin under the same heading are told apart, and so are equal words under another heading", () => {
    const [first, second] = passagesOf(aDocument(["Như trên.", "Như trên."]))
    expect(second?.id).toBe(`${String(first?.id)}.1`)
    const [elsewhere] = passagesOf(aDocument(["Như trên."], ["II. Chỗ khác"]))
    expect(elsewhere?.id).not.toBe(first?.id)
  })
})

describe("whatever is in a document", () => {
  const block = fc.record({
    kind: fc.constantFrom("paragraph" as const, "item" as const, "row" as const),
    text: fc.oneof(fc.string({ minLength: 1, maxLength: 400 }), fc.constantFrom("Hồ sơ gồm:", "- Đơn", "x".repeat(900))),
  })

  it("nothing gets lost: the passages hold every block in its order", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), (blocks) => {
        const rest = passagesOf(aDocument(blocks)).flatMap((p) => p.blocks)
        for (const wanted of blocks) {
          // Nothing but an announcing line that is said again may come between.
          while (rest[0] && (rest[0].kind !== wanted.kind || rest[0].text !== wanted.text)) expect(rest.shift()?.text).toMatch(/:$/)
          expect(rest.shift()).toEqual(wanted)
        }
        // The last block may itself be worded like the announcing line that was said again before it.
        for (const left of rest) expect(left.text).toMatch(/:$/)
      }),
    )
  })

  it("no two passages share an id", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), (blocks) => {
        const ids = passagesOf(aDocument(blocks)).map((p) => p.id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })

  it("its passages are those of its text: heading, text and page come from where they stand", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 10 }), (blocks) => {
        for (const passage of passagesOf(aDocument(blocks, ["A", "B"]))) {
          expect(passage).toMatchObject({ documentId: "ke-hoach", path: ["A", "B"], page: null })
          expect(passage.text).toBe(passage.blocks.map((b) => b.text).join("\n"))
        }
      }),
    )
  })
})
