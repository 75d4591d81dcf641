import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import express from "express"
import { onTestFinished } from "vitest"
import { createWebChannel, type WebChannel, type WebDependencies } from "../../bot/channels/web/channel.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { COMMUNE, newId, PSEUDONYM_KEY, silent } from "./house.ts"

/** The web channel as the commune would run it, without the rest of the site. */
export function webChannel(given: Pick<WebDependencies, "db"> & Partial<WebDependencies>): WebChannel {
  const info = () => ({
    commune: COMMUNE.name,
    demo: true,
    disclosure: COMMUNE.disclosure,
    hotline: COMMUNE.hotline,
    hours: COMMUNE.hours,
    examples: [],
    maxLength: 4000,
  })
  return createWebChannel({
    info,
    texts,
    logger: silent,
    now: () => new Date(),
    newId,
    pseudonymKey: PSEUDONYM_KEY,
    ...given,
  })
}

/** Serves a web channel over real HTTP on a free port of this machine. */
export async function serve({ router, unknownApiPath }: WebChannel): Promise<string> {
  const server = createServer(express().use(router).use(unknownApiPath))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
