import { expect, it } from "vitest"
import { createLanes } from "../../bot/queues/lanes.ts"

function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open, opened }
}
/** Work that is over at once. */
const noting = (done: string[], what: string) => () => {
  done.push(what)
  return Promise.resolve()
}
const settle = () => new Promise((resolve) => setImmediate(resolve))
const noError = (error: unknown) => {
  throw error
}

it("messages of one citizen are handled in order, those of others meanwhile", async () => {
  const lanes = createLanes({ width: 4, onError: noError })
  const done: string[] = []
  const slow = gate()
  lanes.run("a", async () => void (await slow.opened, done.push("a1")))
  lanes.run("a", noting(done, "a2"))
  lanes.run("b", noting(done, "b1"))
  await settle()
  expect(done).toEqual(["b1"])
  slow.open()
  await settle()
  expect(done).toEqual(["b1", "a1", "a2"])
})

it("a citizen with a hundred messages does not keep another one waiting", async () => {
  const lanes = createLanes({ width: 1, onError: noError })
  const done: string[] = []
  for (let i = 0; i < 100; i += 1) lanes.run("busy", noting(done, "busy"))
  lanes.run("quiet", noting(done, "quiet"))
  await settle()
  expect(done.indexOf("quiet")).toBeLessThanOrEqual(1)
  expect(done).toHaveLength(101)
})

it("no more than the given number are handled at once", async () => {
  const lanes = createLanes({ width: 2, onError: noError })
  const wait = gate()
  let running = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, (running += 1))
    await wait.opened
    running -= 1
  }
  for (const key of ["a", "b", "c", "d"]) lanes.run(key, work)
  await settle()
  wait.open()
  await settle()
  expect({ most, running }).toEqual({ most: 2, running: 0 })
})

it("a failure is reported and the lane goes on", async () => {
  const errors: unknown[] = []
  const lanes = createLanes({ width: 1, onError: (error) => errors.push(error) })
  const done: string[] = []
  lanes.run("a", () => Promise.reject(new Error("hỏng")))
  lanes.run("a", noting(done, "next"))
  await settle()
  expect(errors).toHaveLength(1)
  expect(done).toEqual(["next"])
})

it("stopping waits for what has begun and begins nothing more", async () => {
  const lanes = createLanes({ width: 1, onError: noError })
  const done: string[] = []
  const slow = gate()
  lanes.run("a", async () => void (await slow.opened, done.push("a1")))
  lanes.run("a", noting(done, "a2"))
  const stopped = lanes.stop()
  slow.open()
  await stopped
  await settle()
  expect(done).toEqual(["a1"])
})
