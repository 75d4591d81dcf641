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
    answers: z.object({ today: z.int(), unanswered: z.int() }),
  }),
})
export type Overview = z.infer<typeof readOverview.response>
