import type { Message, Update } from "grammy/types"
import type { MediaKind } from "../../../bot/message.ts"

type Said = Partial<Message> & { readonly message_id: number }

/** Ids are numbers at Telegram; others pass as they are. */
export const idOf = (id: string): number => (/^\d{1,15}$/.test(id) ? Number(id) : (id as unknown as number))
export const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)

export const personOf = (peerId: string) => ({ id: idOf(peerId), is_bot: false, first_name: "Bà Năm" })
const chatOf = (peerId: string) => ({ id: idOf(peerId), type: "private" as const, first_name: "Bà Năm" })

/** A message as Telegram hands it over. */
export function messageOf(peerId: string, said: Said): Message {
  return { date: seconds(new Date()), from: personOf(peerId), chat: chatOf(peerId), ...said }
}

/** The citizen blocks the bot, or lets it speak again. */
export function memberUpdate(peerId: string, status: "kicked" | "member"): Update["my_chat_member"] {
  const user = { id: 123456, is_bot: true, first_name: "Trợ lý Xã" } as const
  const before = status === "kicked" ? "member" : "kicked"
  const member = (how: string) => ({ user, status: how, until_date: 0 })
  const given = { chat: chatOf(peerId), from: personOf(peerId), date: seconds(new Date()) }
  return { ...given, old_chat_member: member(before), new_chat_member: member(status) } as unknown as Update["my_chat_member"]
}

interface Given {
  readonly fileId: string
  readonly bytes: number
  readonly name?: string | undefined
}

/** What stands in a message for a file of each kind. */
export const MEDIA: { readonly [K in MediaKind]: (given: Given) => Partial<Message> } = {
  image: ({ fileId, bytes }) => ({
    photo: [
      { file_id: `${fileId}-small`, file_unique_id: "s", width: 90, height: 67, file_size: 10 },
      { file_id: fileId, file_unique_id: "l", width: 1280, height: 960, file_size: bytes },
      { file_id: `${fileId}-middle`, file_unique_id: "m", width: 320, height: 240, file_size: 20 },
    ],
  }),
  video: ({ name, ...file }) => ({ video: { ...fileOf(file), width: 640, height: 480, duration: 3, ...named(name) } }),
  voice: (file) => ({ voice: { ...fileOf(file), duration: 3, mime_type: "audio/ogg" } }),
  audio: ({ name, ...file }) => ({ audio: { ...fileOf(file), duration: 3, ...named(name) } }),
  file: ({ name, ...file }) => ({ document: { ...fileOf(file), ...named(name) } }),
  sticker: (file) => ({
    sticker: { ...fileOf(file), type: "regular", width: 512, height: 512, is_animated: false, is_video: false },
  }),
}

function fileOf({ fileId, bytes }: Given) {
  return { file_id: fileId, file_unique_id: fileId, file_size: bytes }
}

function named(name: string | undefined) {
  return name === undefined ? {} : { file_name: name }
}
