import { expect } from "vitest"
import { until } from "../../support/until.ts"
import { able, aCase, type Case } from "./case.ts"
import { LAN } from "./conversing.ts"

const LONG = Array.from(
  { length: 60 },
  (_, i) => `${i + 1}. Giấy tờ thứ ${i + 1}: bản chính hoặc bản sao có chứng thực, kèm ảnh 4×6 🙂 nếu có (𝒙).`,
).join("\n")
const SIGNS = "Lê_Thị *Hoa* [xã] (thôn 1) <b>&amp; ~`>#+-=|{}.! "
const outboxStates = async (db: { outboxMessage: { findMany(given: object): Promise<{ state: string }[]> } }) =>
  (await db.outboxMessage.findMany({ orderBy: { createdAt: "asc" } })).map(({ state }) => state)

/** What goes out: CHANNELS' cases 35 to 45. */
export const sending: readonly Case[] = [
  aCase(35, "câu trả lời dài được chia vừa giới hạn, không mất chữ nào", {
    answers: () => ({ text: LONG }),
    async story({ cp, channel, settled, texts: heard }) {
      await cp.says("7", "cần giấy tờ gì")
      await settled(1)
      const parts = heard("7").filter((text) => !text.startsWith("Xin chào"))
      expect(Math.max(...parts.map((text) => text.length))).toBeLessThanOrEqual(channel.capabilities.maxText)
      expect(parts.join("\n").replace(/\s+/g, " ").trim()).toBe(LONG.replace(/\s+/g, " "))
    },
  }),
  aCase(36, "bị giới hạn tốc độ thì chờ, giữ đúng thứ tự, người khác vẫn nhận", {
    needs: ["failsNext"],
    async story({ cp, settled, texts: heard }) {
      await cp.says("7", "chào")
      await cp.says("8", "chào")
      await settled(2)
      able(cp.failsNext)({ kind: "rate_limited", retryAfterMs: 1000 })
      await cp.says("7", "một")
      await cp.says("7", "hai")
      await cp.says("8", "khác")
      await settled(5)
      expect(heard("7").slice(-2)).toEqual(["Trả lời: một", "Trả lời: hai"])
      expect(heard("8").at(-1)).toBe("Trả lời: khác")
    },
  }),
  aCase(37, "hết giờ sau khi đã gửi: không tự gửi lại", {
    needs: ["failsNext"],
    async story({ cp, db, settled, texts: heard }) {
      await cp.says("7", "chào")
      await settled(1)
      able(cp.failsNext)({ kind: "hang" })
      await cp.says("7", "khai sinh")
      await settled(2)
      await cp.says("7", "lệ phí")
      await settled(3)
      expect((await outboxStates(db)).filter((state) => state === "unknown")).toHaveLength(1)
      expect(heard("7").filter((text) => text === "Trả lời: khai sinh").length).toBeLessThanOrEqual(1)
      expect(heard("7").at(-1)).toBe("Trả lời: lệ phí")
    },
  }),
  aCase(38, "người dân chặn: thôi gửi cho tới khi họ nhắn lại", {
    needs: ["blocks"],
    async story({ cp, db, desk, settled, texts: heard }) {
      await cp.says("7", "chào")
      await settled(1)
      await able(cp.blocks)("7")
      const conversation = () => db.conversation.findFirstOrThrow()
      const { id } = await conversation()
      await desk.write(id, { ...LAN, text: "Chào bác", idempotencyKey: "1" })
      await until(async () => expect((await conversation()).unreachable).not.toBeNull())
      expect(await desk.write(id, { ...LAN, text: "Bác ơi", idempotencyKey: "2" })).toMatchObject({ ok: false, why: "unreachable" })
      await desk.resolve(id, LAN)
      await cp.says("7", "khai sinh")
      await until(() => expect(heard("7").at(-1)).toBe("Trả lời: khai sinh"))
      expect((await conversation()).unreachable).toBeNull()
    },
  }),
  aCase(40, "hết cửa sổ trả lời lúc gửi: không gửi, nói rõ lý do", {
    when: ({ proactive }) => proactive === "window",
    async story({ cp, db, desk, settled }) {
      await cp.says("7", "chào")
      await settled(1)
      await db.conversation.updateMany({ data: { lastCitizenAt: new Date(Date.now() - 10 * 24 * 3_600_000) } })
      const before = cp.seen().length
      await desk.write((await db.conversation.findFirstOrThrow()).id, { ...LAN, text: "Chào bác", idempotencyKey: "1" })
      await until(async () => expect(await outboxStates(db)).toContain("failed"))
      expect(cp.seen()).toHaveLength(before)
      expect(await db.outboxMessage.findFirst({ where: { state: "failed" } })).toMatchObject({
        failure: expect.stringMatching(/window_closed|quota/) as string,
      })
    },
  }),
  aCase(43, "dừng giữa các phần của câu trả lời: gửi tiếp phần còn thiếu, không lặp phần đã gửi", {
    // A page of our own reads the whole message, in no parts.
    when: (_, { resendIsHarmless }) => !resendIsHarmless,
    async story({ cp, channel, settled, texts: heard }) {
      await cp.says("7", "chào")
      await settled(1)
      const before = heard("7").length
      const body = LONG.split("\n")
        .concat(LONG.split("\n"))
        .map((text) => [{ text }])
      const message = {
        idempotencyKey: "a",
        to: { accountId: channel.accountId, peerId: "7" },
        purpose: "reply",
        body,
        choices: [],
      } as const
      const whole = await channel.send(message, 0)
      const parts = heard("7").slice(before)
      expect(parts.length).toBeGreaterThan(1)
      expect(whole).toMatchObject({ ok: true, partsSent: parts.length })
      expect(await channel.send(message, 1)).toMatchObject({ ok: true, partsSent: parts.length })
      expect(heard("7").slice(before + parts.length)).toEqual(parts.slice(1))
    },
  }),
  aCase(44, "dấu *, _, [], <> trong câu chữ đến nguyên vẹn", {
    answers: () => ({ text: SIGNS.trim() }),
    async story({ cp, settled, texts: heard }) {
      await cp.says("7", "tên gì")
      await settled(1)
      expect(heard("7").at(-1)).toBe(SIGNS.trim())
    },
  }),
  aCase(45, "ảnh và tệp gửi đi: chữ không mất", {
    when: ({ outbound }) => outbound.has("image"),
    async story({ cp, channel, settled }) {
      await cp.says("7", "chào")
      await settled(1)
      const to = { accountId: channel.accountId, peerId: "7" }
      const attachment = {
        kind: "image",
        name: "huong-dan.jpg",
        mime: "image/jpeg",
        read: () => Promise.resolve(new Uint8Array([255, 216, 255, 217])),
      } as const
      const message = {
        idempotencyKey: "a",
        to,
        purpose: "staff_reply",
        body: [[{ text: "Ảnh hướng dẫn" }]],
        choices: [],
        attachments: [attachment],
      } as const
      expect(await channel.send(message, 0)).toMatchObject({ ok: true })
      const last = cp.seen().slice(-2)
      expect(last.map(({ text }) => text).join(" ")).toContain("Ảnh hướng dẫn")
      expect(last.some(({ media }) => media === "image")).toBe(true)
    },
  }),
  aCase(53, "hai chương trình cùng phục vụ một tài khoản: báo cho cán bộ, không tranh nhau", {
    needs: ["rival"],
    // Whom the platform calls learns of a rival only when it asks now and then.
    when: (_, { exclusive }) => exclusive,
    async story({ cp, healths }) {
      await until(() => expect(healths.at(-1)).toMatchObject({ state: "online" }))
      await able(cp.rival)()
      await until(() => expect(healths.at(-1)?.state).toMatch(/degraded|needs_human/))
    },
  }),
  aCase(54, "dừng chương trình: gọn trong vài giây, sau đó không còn gì chạy", {
    async story({ cp, engine, settled, asked }) {
      await cp.says("7", "chào")
      await settled(1)
      const started = performance.now()
      await engine.stop()
      expect(performance.now() - started).toBeLessThan(10_000)
      await cp.says("7", "còn ai không").catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(asked).toHaveLength(1)
    },
  }),
  aCase(56, "nền tảng mất liên lạc: chỉ báo tình trạng, trở lại thì trả lời", {
    needs: ["goesAway", "comesBack"],
    async story({ cp, channel, healths, settled, texts: heard }) {
      await cp.says("7", "chào")
      await settled(1)
      await able(cp.goesAway)()
      // Only who asks the platform again and again can notice; the others learn of it when they send.
      if (channel.exclusive) await until(() => expect(healths.at(-1)?.state).toMatch(/degraded|connecting/))
      await able(cp.comesBack)()
      if (channel.exclusive) await until(() => expect(healths.at(-1)?.state).toBe("online"))
      await cp.says("7", "khai sinh")
      await settled(2)
      expect(heard("7").at(-1)).toBe("Trả lời: khai sinh")
    },
  }),
  aCase(57, "đồng hồ nền tảng chạy nhanh vài phút vẫn trả lời", {
    async story({ cp, settled, texts: heard }) {
      await cp.says("7", "khai sinh", { at: new Date(Date.now() + 4 * 60_000) })
      await settled(1)
      expect(heard("7")).toEqual(["Trả lời: khai sinh"])
    },
  }),
]
