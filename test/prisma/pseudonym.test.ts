import { describe, expect, it } from "vitest"
import { pseudonym } from "../../prisma/evidence.ts"

describe("a citizen's pseudonym", () => {
  const key = Buffer.alloc(32, 1).toString("base64url")

  it("is the same every time, and another for another person or another commune", () => {
    const otherKey = Buffer.alloc(32, 2).toString("base64url")
    expect(pseudonym(key, "telegram:42")).toBe(pseudonym(key, "telegram:42"))
    expect(pseudonym(key, "telegram:42")).not.toBe(pseudonym(key, "telegram:43"))
    expect(pseudonym(key, "telegram:42")).not.toBe(pseudonym(otherKey, "telegram:42"))
  })

  it("is 16 bytes and shows nothing of the id", () => {
    const name = pseudonym(key, "0912345678")
    expect(Buffer.from(name, "base64url")).toHaveLength(16)
    expect(name).not.toContain("0912")
  })
})
