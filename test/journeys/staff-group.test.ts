import { expect, it, onTestFinished } from "vitest"
import { staffRoomTexts } from "../../bot/texts/staff-room.ts"
import { GROUP } from "../channels/telegram/forum.ts"
import { messageOf } from "../channels/telegram/citizen.ts"
import { telegramPlatform, TOKEN } from "../channels/telegram/platform.ts"
import { until } from "../support/until.ts"
import { aDataDir, runningCommune, setUp } from "./running-commune.ts"

const LAN = 501

it("an administrator sets up a staff group, and an officer answers a citizen from there", { timeout: 60_000 }, async () => {
  const telegram = await telegramPlatform()
  onTestFinished(() => telegram.close())
  const service = await runningCommune(aDataDir())
  const opened = await setUp(service, "Thử Nghiệm")
  const cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(";", 1)[0] ?? "")
    .join("; ")
  const call = (path: string, body?: object) =>
    fetch(`${service.url}api/quan-tri/${path}`, {
      method: body ? "POST" : "GET",
      headers: { "content-type": "application/json", "x-quan-tri": "1", cookie },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const values = { token: TOKEN, apiRoot: telegram.root, staffChatId: String(GROUP) }
  expect((await call("channels", { kind: "telegram", name: "Telegram xã", values })).status).toBe(200)
  telegram.forum.members.set(LAN, "member")
  let updates = 100
  const says = (text: string, given: object = {}) =>
    telegram.deliver({
      update_id: (updates += 1),
      message: { ...messageOf("7", { message_id: telegram.nextId(), text }), ...given } as never,
    })
  const told = () => telegram.forum.topics.flatMap(({ posts }) => posts.map(({ text }) => text)).join("\n")
  const heard = () => telegram.sent.filter(({ chatId }) => chatId === "7").map(({ text }) => text)

  await says("cho tôi gặp cán bộ")
  await until(() => expect(told()).toContain("Người dân: cho tôi gặp cán bộ"))
  await says("Chào bác, cháu nghe ạ", {
    chat: { id: GROUP, type: "supergroup", title: "Cán bộ xã", is_forum: true },
    ...{ from: { id: LAN, is_bot: false, first_name: "Lan" }, message_thread_id: telegram.forum.topics[0]?.id, is_topic_message: true },
  })
  await until(() => expect(heard().at(-1)).toBe("Chào bác, cháu nghe ạ"))
  expect(told()).toContain(staffRoomTexts.begins)
  const audit = (await (await call("audit")).json()) as { rows: { kind: string; actor: string }[] }
  expect(audit.rows[0]).toMatchObject({ kind: "conversation.replied", actor: "Lan – Telegram" })
  const metrics = await (await fetch(`${service.url}metrics`)).text()
  expect(metrics).toContain('tlx_channel_state{account="telegram:123456",state="online"} 1')
})
