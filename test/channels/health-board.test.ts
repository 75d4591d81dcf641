import { expect, it } from "vitest"
import { createHealthBoard, type Fault } from "../../bot/channels/health-board.ts"
import type { Health } from "../../bot/message.ts"

const AWAY: Fault = { state: "degraded", reason: "Không tới được" }
const REFUSED: Fault = { state: "needs_human", reason: "Mã bị từ chối" }

/** A board, and all that it has told. */
function aBoard(main?: string) {
  const told: Health[] = []
  return { told, ...createHealthBoard((health) => told.push(health), main) }
}

it("tells the worst of several faults, and nothing twice", () => {
  const { told, fault, well } = aBoard()
  well("polling")
  well("polling")
  fault("forum", AWAY)
  fault("polling", REFUSED)
  well("forum")
  well("polling")
  expect(told).toEqual([{ state: "online" }, AWAY, REFUSED, { state: "online" }])
})

it("is not online before messages can come in, however well the rest is", () => {
  const { told, fault, well } = aBoard("polling")
  well("forum")
  expect(told).toEqual([])
  fault("polling", AWAY)
  well("forum")
  well("polling")
  expect(told).toEqual([AWAY, { state: "online" }])
})
