import { z } from "zod"
import type { JsonObject } from "../../prisma/database.ts"
import type { Said } from "../dialogue/reading.ts"
import { type InboundEvent, MEDIA_KINDS } from "../message.ts"

const place = z.object({ latitude: z.number(), longitude: z.number() })
const contact = z.object({ name: z.string().optional(), phone: z.string().optional(), own: z.boolean() })
const quoted = z.object({ messageId: z.string(), text: z.string().optional() })
const media = z.object({ kind: z.enum(MEDIA_KINDS), name: z.string().optional() })

const schema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("message"),
    text: z.string(),
    messageId: z.string().optional(),
    author: z.enum(["citizen", "staff"]).optional(),
    media: z.array(media).optional(),
    location: place.optional(),
    contact: contact.optional(),
    replyTo: quoted.optional(),
    opaque: z.boolean().optional(),
  }),
  z.object({ type: z.literal("choice"), choiceId: z.string(), label: z.string().nullable() }),
  z.object({ type: z.literal("start"), origin: z.string().nullable() }),
  z.object({ type: z.literal("edited"), messageId: z.string(), text: z.string() }),
  z.object({ type: z.literal("retracted"), messageId: z.string() }),
  z.object({ type: z.literal("reaction"), messageId: z.string(), emoji: z.string().nullable() }),
  z.object({ type: z.literal("receipt"), messageId: z.string(), state: z.enum(["delivered", "seen"]) }),
  z.object({ type: z.literal("relation"), state: z.enum(["followed", "unfollowed", "blocked", "unblocked"]) }),
  z.object({ type: z.literal("shared_info"), name: z.string().optional(), phone: z.string().optional(), address: z.string().optional() }),
])

/** What the database keeps of an event until it is handled. Where media lie is not part of it: that may carry a token. */
export function payloadOf(event: InboundEvent): JsonObject {
  // The schema drops what stands in columns of its own.
  return JSON.parse(JSON.stringify(schema.parse(event))) as JsonObject
}

/** Reads it back; throws when it is nothing that `payloadOf` wrote. */
export function readSaid(payload: unknown): Said {
  return schema.parse(payload) as Said
}
