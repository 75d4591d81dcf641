import { expect, it } from "vitest"
import { parse, questionOf } from "../arguments.ts"

const files = new Set(["a.jsonl", "b.md"])
const ask = (...args: string[]) => questionOf(parse(args, { json: "boolean" }), (path) => files.has(path))

it("takes every path after --knowledge up to the next option", () => {
  const given = parse(["q.jsonl", "--knowledge", "a.jsonl", "b.md", "--out", "r.jsonl"], { out: "string" })
  expect(given.positionals).toEqual(["q.jsonl"])
  expect(given.knowledge).toEqual(["a.jsonl", "b.md"])
  expect(given.values.get("out")).toBe("r.jsonl")
})

it("finds the question before or after the knowledge", () => {
  expect(ask("khai sinh cần gì", "--knowledge", "a.jsonl")).toEqual({ text: "khai sinh cần gì", knowledge: ["a.jsonl"] })
  expect(ask("--knowledge", "a.jsonl", "b.md", "khai sinh cần gì")).toEqual({ text: "khai sinh cần gì", knowledge: ["a.jsonl", "b.md"] })
  expect(ask("khai", "sinh", "--json")).toEqual({ text: "khai sinh", knowledge: undefined })
  expect(ask("--knowledge", "a.jsonl")).toEqual({ text: "", knowledge: ["a.jsonl"] })
})

it("refuses an option that the command does not have, in words", () => {
  expect(() => parse(["--nhanh"], {})).toThrow("Tham số chưa đúng")
})
