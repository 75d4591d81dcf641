import { z } from "zod"
import { contract } from "./route.ts"

export const readOverview = contract({
  method: "get",
  path: "/overview",
  access: "overview.read",
  summary: "How the program is and what waits",
  response: z.object({
    commune: z.string().nullable(),
    channels: z.array(z.object({ account: z.string(), state: z.string() })),
    knowledge: z.object({ version: z.int(), procedures: z.int(), documents: z.int(), notices: z.int(), demo: z.boolean() }),
    waiting: z.object({ inbox: z.int(), outbox: z.int(), failed: z.int() }),
    upkeep: z
      .object({ expired: z.int(), superseded: z.int(), review_overdue: z.int(), expiring: z.int(), review_due: z.int() })
      .describe("How many records that are told want to be looked at, by reason"),
    answers: z.object({ today: z.int(), unanswered: z.int() }),
  }),
})
export type Overview = z.infer<typeof readOverview.response>
