import { z } from "zod"
import type { Database } from "../../prisma/database.ts"
import type { Peer } from "../message.ts"
import type { Vault } from "./vault.ts"

/** What a citizen gave to be told of news. */
export interface KnownPhone {
  readonly phone: string
  readonly name?: string | undefined
}

/** Telephone numbers that citizens gave themselves, encrypted at rest, one for each citizen of an account. */
export interface PhoneBook {
  /** The last number given counts. */
  keep(peer: Peer, known: KnownPhone): Promise<void>
  find(peer: Peer): Promise<KnownPhone | null>
  /** False when none was known. */
  forget(peer: Peer): Promise<boolean>
}

const schema = z.object({ phone: z.string(), name: z.string().optional() })
const placeOf = ({ accountId, peerId }: Peer) => `phone:${accountId}:${peerId}`

/** The numbers in the database; a backup without the key of DATA_DIR tells none of them. */
export function createPhoneBook({ db, vault, now }: { db: Database; vault: Vault; now: () => Date }): PhoneBook {
  return {
    async keep({ accountId, peerId }, known) {
      const data = { sealed: vault.seal(schema.parse(known), placeOf({ accountId, peerId })), givenAt: now() }
      const where = { accountId_peerId: { accountId, peerId } }
      await db.peerPhone.upsert({ where, create: { accountId, peerId, ...data }, update: data })
    },
    async find({ accountId, peerId }) {
      const row = await db.peerPhone.findUnique({ where: { accountId_peerId: { accountId, peerId } } })
      return row && schema.parse(vault.open(row.sealed, placeOf(row)))
    },
    forget: async ({ accountId, peerId }) => (await db.peerPhone.deleteMany({ where: { accountId, peerId } })).count > 0,
  }
}
