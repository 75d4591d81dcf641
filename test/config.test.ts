import { readFileSync } from "node:fs"
import path from "node:path"
import { expect, it } from "vitest"
import { environmentSchema, readConfig } from "../config.ts"

const example = () => readFileSync(path.join(import.meta.dirname, "..", ".env.example"), "utf8")

it("names every setting in .env.example, with its comment and its safe default", () => {
  const defaults = environmentSchema.parse({})
  const expected = Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const value = defaults[name as keyof typeof defaults]
    return `# ${schema.description ?? ""}\n${name}=${value === undefined ? "" : String(value)}\n`
  })
  expect(example()).toBe(expected.join("\n"))
})

it("runs on its defaults alone, reachable only from this machine", () => {
  const config = readConfig({})
  expect(config.http).toEqual({ port: 3000, host: "127.0.0.1", trustProxy: 0 })
  expect(config.telegram).toBeNull()
  expect(config.embeddings).toBeNull()
})

it("lists every faulty setting at once, in words", () => {
  expect(() => readConfig({ PORT: "cổng", TELEGRAM_BOT_TOKEN: "abc" })).toThrow(
    /Cấu hình chưa đúng[\s\S]*PORT[\s\S]*TELEGRAM_BOT_TOKEN: mã bot có dạng/,
  )
})

it("takes empty settings for missing ones, as an unedited .env gives them", () => {
  expect(readConfig({ PORT: "", TELEGRAM_BOT_TOKEN: "", EMBEDDINGS_BASE_URL: "" })).toEqual(readConfig({}))
})

it("lets only whole addresses of sites embed the chat", () => {
  expect(readConfig({}).widgetOrigins).toEqual([])
  expect(readConfig({ WIDGET_ORIGINS: "https://xa.example.vn/, http://127.0.0.1:8080" }).widgetOrigins).toEqual([
    "https://xa.example.vn",
    "http://127.0.0.1:8080",
  ])
  for (const wrong of ["*", "xa.example.vn", "https://xa.example.vn/tin-tuc", "https://a.vn,,", "null", "file:///a"])
    expect(() => readConfig({ WIDGET_ORIGINS: wrong }), wrong).toThrow(/WIDGET_ORIGINS[\s\S]*https:/)
})

it("keeps to the limits for what citizens send, within what the machine bears", () => {
  expect(readConfig({}).media.limits).toEqual({ maxBytes: 20 * 1024 * 1024, maxPixels: 40_000_000, deadlineMs: 60_000 })
  const smaller = readConfig({ MEDIA_MAX_MB: "5", MEDIA_MAX_MEGAPIXELS: "12", MEDIA_FETCH_SECONDS: "20" })
  expect(smaller.media.limits).toEqual({ maxBytes: 5 * 1024 * 1024, maxPixels: 12_000_000, deadlineMs: 20_000 })
  expect(() => readConfig({ MEDIA_MAX_MB: "0", MEDIA_FETCH_SECONDS: "một phút" })).toThrow(/MEDIA_MAX_MB[\s\S]*MEDIA_FETCH_SECONDS/)
})

it("wants the model's name when a vector service is set", () => {
  expect(() => readConfig({ EMBEDDINGS_BASE_URL: "http://127.0.0.1:9/v1" })).toThrow("EMBEDDINGS_MODEL")
})
