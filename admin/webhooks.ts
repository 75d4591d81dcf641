import { Router } from "express"
import type { Channel } from "../bot/message.ts"

/** `/webhook/<accountId>`: every method, the body unread, handed to the channel that is open under this name. */
export function createWebhooks(webhookOf: (accountId: string) => Channel["webhook"]): Router {
  const router = Router()
  router.use("/:accountId", async (request, response, next) => {
    const webhook = webhookOf(request.params.accountId)
    if (webhook) await webhook(request, response)
    else next()
  })
  return router
}
