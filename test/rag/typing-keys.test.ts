import { describe, expect, it } from "vitest"
import { isSyllable } from "../../rag/vietnamese/syllable-shape.ts"
import { decodeKeys } from "../../rag/vietnamese/typing-keys.ts"

describe("keys of an input method that was off", () => {
  it.each([
    ["ruoongj", "ruộng"],
    ["truwowngf", "trường"],
    ["nguowif", "người"],
    ["dduwongf", "đường"],
    ["quys", "quý"],
    ["giaf", "già"],
    ["toans", "toán"],
    ["hoaf", "hòa"],
    ["cuar", "của"],
    ["xoais", "xoái"],
    ["nghieepj", "nghiệp"],
  ])("are read as Telex: %s is %s", (typed, meant) => {
    expect(decodeKeys(typed)).toBe(meant)
  })

  it.each([
    ["ruo65ng", "ruộng"],
    ["d9u7o7ng2", "đường"],
    ["chua7", "chưa"],
    ["na8m", "năm"],
    ["thue61", "thuế"],
  ])("are read as VNI: %s is %s", (typed, meant) => {
    expect(decodeKeys(typed)).toBe(meant)
  })

  it.each([
    ["bênhj", "bệnh"],
    ["trươngf", "trường"],
    ["đât1", "đất"],
    ["vợj", "vợ"],
  ])("may stand beside marks that did come out: %s is %s", (typed, meant) => {
    expect(decodeKeys(typed)).toBe(meant)
  })

  it.each(["ruộng", "xanh", "nguoi", "1.001193", "08", "vneid", "bhxh", "quýf", "12/2099/TT-THU", "mẫu"])("are not seen in %s", (typed) => {
    expect(decodeKeys(typed)).toBeNull()
  })
})

describe("the shape of a Vietnamese syllable", () => {
  it.each(["nghieng", "khuya", "quyen", "gieng", "oanh", "yeu", "thuo", "gi", "ky"])("is seen in %s", (folded) => {
    expect(isSyllable(folded)).toBe(true)
  })

  it.each(["nghang", "ceo", "kan", "thhu", "bn", "facebook", "ngj", "giayto", ""])("is missed in %s", (folded) => {
    expect(isSyllable(folded)).toBe(false)
  })
})
