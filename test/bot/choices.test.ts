import { describe, expect, it } from "vitest"
import { isStrayNumber, typedChoice } from "../../bot/choices.ts"

const CHOICES = [
  { id: "a", label: "Đăng ký khai sinh" },
  { id: "b", label: "Đăng ký lại khai sinh" },
  { id: "c", label: "Bà nội làm thay" },
  { id: "d", label: "Việc khác" },
  { id: "e", label: "Gặp cán bộ" },
]

describe("a citizen picks one of the offered choices by typing", () => {
  it.each([
    ["1", "a"],
    ["1.", "a"],
    ["1)", "a"],
    ["(2)", "b"],
    ["số 1", "a"],
    ["so 1", "a"],
    ["SỐ 2", "b"],
    ["một", "a"],
    ["mot", "a"],
    ["hai", "b"],
    ["ba", "c"],
    ["tư", "d"],
    ["năm", "e"],
    ["nam", "e"],
    ["chọn số 2", "b"],
    ["chon 2 nhe", "b"],
    ["số 3 ạ", "c"],
    ["thứ hai", "b"],
    ["cái đầu", "a"],
    ["cai dau tien a", "a"],
    ["mục đầu tiên", "a"],
    ["cái cuối", "e"],
    ["cai cuoi cung nhe", "e"],
    ["cho tôi số 2 với ạ", "b"],
    ["lấy cái 2 nhé ạ", "b"],
    ["２", "b"],
    ["Đăng ký khai sinh", "a"],
    ["dang ky khai sinh", "a"],
    ["ĐĂNG KÝ LẠI KHAI SINH.", "b"],
    ["  việc   khác ", "d"],
    ["2. Đăng ký lại khai sinh", "b"],
    ["2) dang ky lai khai sinh", "b"],
    ["Đăng ký khai sinh".normalize("NFD"), "a"],
    ["\u200bsố 1\u200b", "a"],
  ])("%s", (text, id) => {
    expect(typedChoice(text, CHOICES)?.id).toBe(id)
  })
})

describe("a number that none of the choices has", () => {
  it.each(["0", "6", "99", "số 9", "chọn 7 ạ", "(8)", "6.", "９"])("%s", (text) => {
    expect(isStrayNumber(text, CHOICES)).toBe(true)
    expect(isStrayNumber(text, [])).toBe(false)
  })
  it.each(["1", "năm", "1 con", "2026", "1.001193", "sáu", "khai sinh", "", "số"])("is not %s", (text) => {
    expect(isStrayNumber(text, CHOICES)).toBe(false)
  })
})

describe("what is not a choice stays an ordinary text", () => {
  it.each(["0", "6", "99", "bà", "1 con", "một bản sao", "khai sinh", "1.001193", "2. Đăng ký khai sinh", "", "số", "10000000000"])(
    "%s",
    (text) => {
      expect(typedChoice(text, CHOICES)).toBeNull()
    },
  )
  it("a number when nothing is offered", () => {
    expect(typedChoice("1", [])).toBeNull()
  })
  it("a label without diacritics that two choices share", () => {
    const twins = [
      { id: "1", label: "Bán" },
      { id: "2", label: "Bạn" },
    ]
    expect(typedChoice("ban", twins)).toBeNull()
    expect(typedChoice("Bạn", twins)?.id).toBe("2")
  })
})
