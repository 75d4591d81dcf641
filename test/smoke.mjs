// Starts the built product in a temporary folder as a newcomer would, asks over HTTP and in the terminal, stops it, checks
// that it ended cleanly, that a second start is quick, and that a backup brings it to another folder.
import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import assert from "node:assert/strict"

const root = path.join(import.meta.dirname, "..")
const folder = mkdtempSync(path.join(tmpdir(), "tro-ly-xa-smoke-"))
const env = { ...process.env, DATA_DIR: path.join(folder, "data"), PORT: "0" }
const npm = process.platform === "win32" ? "npm.cmd" : "npm"

const children = []

function start() {
  const child = spawn(npm, ["start"], { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] })
  children.push(child)
  let output = ""
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal, output })))
  const ready = new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      output += chunk
      const url = /hỏi đáp của người dân: (\S+)/.exec(output)?.[1]
      if (url && output.includes("Ctrl+C")) resolve({ url, output: () => output })
    })
    child.once("exit", () => reject(new Error(`ended before it was ready:\n${output}`)))
  })
  return { child, ready, ended }
}

async function ask(url, body) {
  const response = await fetch(`${url}api/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  })
  assert.equal(response.status, 200)
  return response.json()
}

try {
  const first = start()
  const { url, output } = await first.ready
  assert.match(output(), /quan-tri\/thiet-lap\?ma=[\w-]{20,}/, "the one-time set-up link is printed")
  const { conversationId, answer } = await ask(url, { text: "lam giay khai sinh can gi" })
  assert.equal(answer.status, "answered")
  assert.equal(answer.procedure.code, "1.001193")
  for (const field of ["dossier", "fee", "time", "place"]) assert.ok(answer.fields[field], `the answer tells ${field}`)
  assert.ok(answer.citations.length > 0, "the answer names its source")
  const followUp = await ask(url, { text: "thế lệ phí bao nhiêu?", conversationId })
  assert.equal(followUp.answer.procedure.code, "1.001193", "a follow-up stays with its procedure")
  assert.equal((await fetch(url)).status, 200, "the chat page is served")
  assert.equal((await (await fetch(`${url}healthz`)).json()).status, "ok")
  assert.match(await (await fetch(`${url}metrics`)).text(), /tlx_answers_total\{status="answered"/)
  assert.match(await (await fetch(`${url}quan-tri/dang-nhap`)).text(), /quan-tri\/assets\/\S+\.js/, "the staff pages are built")
  assert.equal((await (await fetch(`${url}api/openapi.json`)).json()).openapi, "3.1.0")
  assert.equal((await fetch(`${url}api/quan-tri/staff`)).status, 401, "nobody sees staff without signing in")
  first.child.kill("SIGTERM")
  const { code, output: said } = await first.ended
  assert.equal(code, 0, `SIGTERM ends it cleanly:\n${said}`)
  assert.equal(statSync(path.join(env.DATA_DIR, "secrets.json")).mode & 0o777, 0o600, "the secrets are the owner's alone")

  const again = Date.now()
  const second = start()
  await second.ready
  const seconds = (Date.now() - again) / 1000
  second.child.kill("SIGINT")
  assert.equal((await second.ended).code, 0, "SIGINT ends it cleanly")
  assert.ok(seconds <= 10, `a second start took ${seconds} s`)

  const terminal = spawnSync(npm, ["run", "-s", "ask", "--", "đăng ký kết hôn mất bao nhiêu tiền", "--json"], {
    cwd: root,
    env,
    encoding: "utf8",
  })
  assert.equal(terminal.status, 0, terminal.stderr)
  assert.equal(JSON.parse(terminal.stdout).answer.procedure.code, "1.000894")
  const log = spawnSync(npm, ["run", "-s", "verify-log"], { cwd: root, env, encoding: "utf8" })
  assert.equal(log.status, 0, log.stderr)
  assert.match(log.stdout, /Nhật ký minh chứng nguyên vẹn: 3 mục/)
  const link = spawnSync(npm, ["run", "-s", "admin-link"], { cwd: root, env, encoding: "utf8" })
  assert.match(link.stdout, /quan-tri\/thiet-lap\?ma=[\w-]{20,}/, link.stderr)
  const archive = path.join(folder, "sao-luu.zip")
  const backup = spawnSync(npm, ["run", "-s", "backup", "--", archive], { cwd: root, env, encoding: "utf8" })
  assert.equal(backup.status, 0, backup.stderr)
  assert.equal(statSync(archive).mode & 0o777, 0o600, "the backup is the owner's alone")
  const moved = { ...env, DATA_DIR: path.join(folder, "may-moi") }
  const restored = spawnSync(npm, ["run", "-s", "restore", "--", archive], { cwd: root, env: moved, encoding: "utf8" })
  assert.equal(restored.status, 0, restored.stderr)
  const movedLog = spawnSync(npm, ["run", "-s", "verify-log"], { cwd: root, env: moved, encoding: "utf8" })
  assert.match(movedLog.stdout, /Nhật ký minh chứng nguyên vẹn: 3 mục/, movedLog.stderr)
  process.stdout.write(`smoke: ok, second start ${seconds.toFixed(1)} s\n`)
} finally {
  // A failed check must not leave the product running: npm passes the signal on.
  for (const child of children) if (child.exitCode === null) child.kill("SIGTERM")
  rmSync(folder, { recursive: true, force: true })
}
