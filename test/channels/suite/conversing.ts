import { expect } from "vitest"
import { vi as texts } from "../../../bot/texts/conversation.ts"
import { COMMUNE } from "../../support/house.ts"
import { until } from "../../support/until.ts"
import { able, aCase, type Case } from "./case.ts"
import type { GiveAnswer } from "./world.ts"

const CHOICES = [
  { id: "p:1.001193", label: "Đăng ký khai sinh" },
  { id: "p:1.004884", label: "Đăng ký lại khai sinh" },
]
const clarifying: GiveAnswer = ({ choiceId, text }) =>
  choiceId === undefined && text === "khai sinh" ? { status: "clarification", choices: CHOICES } : {}
const LAN = { staffId: "lan", publicName: "Bà Lan, công chức tư pháp" }

/** What a conversation goes through: CHANNELS' cases 18 to 34. */
export const conversing: readonly Case[] = [
  aCase(18, "tin đã sửa được ghi lại, không trả lời lần hai", {
    needs: ["edits"],
    async story({ cp, db, settled, asked }) {
      await cp.says("7", "khai sinh", { messageId: "501" })
      await settled(1)
      await able(cp.edits)("7", "501", "khai tử")
      await settled(2)
      expect(asked).toHaveLength(1)
      expect(await db.message.findFirst({ where: { direction: "in" } })).toMatchObject({
        text: "khai tử",
        editedAt: expect.any(Date) as Date,
      })
    },
  }),
  aCase(19, "tin đã thu hồi không còn được dựa vào", {
    needs: ["retracts"],
    answers: () => ({ context: { procedureCode: "1.001193" } }),
    async story({ cp, db, settled, asked }) {
      await cp.says("7", "gửi nhầm", { messageId: "502" })
      await settled(1)
      await able(cp.retracts)("7", "502")
      await settled(2)
      expect(await db.message.findFirst({ where: { direction: "in" } })).toMatchObject({ retractedAt: expect.any(Date) as Date })
      await cp.says("7", "lệ phí bao nhiêu")
      await cp.says("7", "nộp ở đâu")
      await settled(4)
      expect(asked.map(({ context }) => context?.procedureCode)).toEqual([undefined, undefined, "1.001193"])
    },
  }),
  aCase(20, "trích một câu trả lời cũ thì hỏi tiếp về chính việc đó; tin không rõ vẫn là một câu hỏi", {
    needs: ["quotes"],
    answers: ({ text }) => {
      const procedure = { code: `1.${text}`, name: text }
      return { procedure, context: { procedureCode: procedure.code } }
    },
    async story({ cp, db, settled, asked }) {
      await cp.says("7", "khai sinh", { messageId: "503" })
      await settled(1)
      const told = cp.seen().at(-1)
      await cp.says("7", "khai tử")
      await settled(2)
      await able(cp.quotes)("7", { messageId: told?.messageId ?? "", text: "còn lệ phí thì sao" })
      await settled(3)
      await able(cp.quotes)("7", { messageId: "503", text: "ý tôi là câu này" })
      await able(cp.quotes)("7", { messageId: "88888", text: "còn câu này thì sao" })
      await settled(5)
      expect(asked.map(({ text, context }) => [text, context?.procedureCode])).toEqual([
        ["khai sinh", undefined],
        ["khai tử", "1.khai sinh"],
        ["còn lệ phí thì sao", "1.khai sinh"],
        ["ý tôi là câu này", "1.còn lệ phí thì sao"],
        ["còn câu này thì sao", "1.ý tôi là câu này"],
      ])
      const said = await db.message.findMany({ where: { direction: "in" }, orderBy: { createdAt: "asc" } })
      expect(said.map(({ quoted }) => quoted).slice(0, 4)).toEqual([null, null, "Trả lời: khai sinh", "khai sinh"])
      // Of a message that nobody here knows, some platforms quote the words.
      expect([null, "tin được trích"]).toContain(said[4]?.quoted)
    },
  }),
  aCase(21, "mở từ mã QR: nguồn được nhớ một lần, nguồn sai bị bỏ qua", {
    needs: ["opens"],
    when: ({ origins, proactive }) => origins || proactive === "window",
    async story({ cp, db, channel, settled, texts: heard }) {
      await able(cp.opens)("7", "quay_1")
      await settled(1)
      await able(cp.opens)("7", "quay_2")
      await able(cp.opens)("8", "x".repeat(65))
      await settled(3)
      expect(heard("7")[0]).toBe(texts.greeting(COMMUNE))
      const origins = (await db.conversation.findMany({ orderBy: { peerId: "asc" } })).map(
        ({ context }) => (context as { origin?: string | null }).origin,
      )
      expect(origins).toEqual([channel.capabilities.origins ? "quay_1" : null, null])
    },
  }),
  aCase(22, "bấm nút của tin cũ vẫn được trả lời", {
    needs: ["presses"],
    answers: clarifying,
    async story({ cp, settled, asked }) {
      await cp.says("7", "khai sinh")
      await settled(1)
      await cp.says("7", "câu khác")
      await settled(2)
      await able(cp.presses)("7", "Đăng ký khai sinh")
      await settled(3)
      // The choice is closed by now: what stands on the button is asked as a question, or the citizen is told.
      expect(cp.seen().at(-1)?.text).toMatch(/^Trả lời: Đăng ký khai sinh|lựa chọn này đã cũ/)
      expect(asked.at(-1)?.choiceId).toBeUndefined()
    },
  }),
  aCase(23, "bấm hai lần nhanh chỉ tính một", {
    needs: ["presses"],
    answers: clarifying,
    async story({ cp, settled, asked }) {
      await cp.says("7", "khai sinh")
      await settled(1)
      await able(cp.presses)("7", "Đăng ký lại khai sinh")
      // A page of our own may take the buttons away meanwhile.
      const again = await able(cp.presses)("7", "Đăng ký lại khai sinh").then(
        () => 1,
        () => 0,
      )
      await settled(2 + again)
      expect(asked.filter(({ choiceId }) => choiceId === "p:1.004884")).toHaveLength(1)
    },
  }),
  aCase(24, "chạm nút là một lựa chọn, mã của nút không lộ ra", {
    needs: ["presses"],
    answers: clarifying,
    async story({ cp, db, settled, asked }) {
      await cp.says("7", "khai sinh")
      await settled(1)
      await able(cp.presses)("7", "Đăng ký khai sinh")
      await settled(2)
      expect(asked.at(-1)).toMatchObject({ choiceId: "p:1.001193", text: "Đăng ký khai sinh" })
      const said = await db.message.findMany({ where: { direction: "in" } })
      expect(said.map(({ text }) => text).join(" ")).not.toMatch(/#c:|p:1\./)
    },
  }),
  aCase(25, "số gõ tay là lựa chọn khi đang mở, là chữ thường khi không", {
    answers: clarifying,
    async story({ cp, channel, settled, asked, texts: heard }) {
      await cp.says("7", "1")
      await cp.says("7", "khai sinh")
      await settled(2)
      // Where there are no buttons nobody is asked to press one.
      if (channel.capabilities.buttons === null) expect(heard("7").join()).not.toContain("bấm nút")
      await cp.says("7", "số 9")
      await settled(3)
      expect(heard("7").at(-1)).toBe(texts.noSuchChoice(CHOICES.length))
      await cp.says("7", "so 2")
      await settled(4)
      expect(asked.map(({ choiceId }) => choiceId)).toEqual([undefined, undefined, "p:1.004884"])
    },
  }),
  aCase(26, "chữ không dấu, CHỮ HOA, chữ tách dấu đều đến nơi", {
    async story({ cp, settled, asked }) {
      for (const text of ["khai sinh cần gì".normalize("NFD"), "KHAI SINH CẦN GÌ", "khai sinh can gi"]) await cp.says("7", text)
      await settled(3)
      expect(asked.map(({ text }) => text)).toEqual(["khai sinh cần gì", "KHAI SINH CẦN GÌ", "khai sinh can gi"])
    },
  }),
  aCase(27, "quá dài, quá nhiều: được nói nhẹ nhàng và không mất", {
    async story({ cp, db, settled, asked, texts: heard }) {
      // A page of our own refuses it at once, in the same words.
      const refused = await cp.says("7", "dài ".repeat(1500)).then(
        () => null,
        (error: unknown) => String(error),
      )
      const before = refused === null ? 1 : 0
      for (let i = 0; i < 24; i += 1) {
        await cp.says("8", `câu ${i}`).catch(() => undefined)
        // Some platforms allow eight replies after each word of the citizen: another limit, another case.
        if (i % 4 === 3) await settled(before + i + 1)
      }
      if (refused === null) expect(heard("7").join("").replace(/\s+/g, " ")).toContain("tóm tắt giúp")
      expect(asked.length).toBeLessThanOrEqual(21)
      expect(heard("8")).toContain(texts.tooMany(COMMUNE))
      expect(await db.message.count({ where: { direction: "in" } })).toBe(refused === null ? 25 : 24)
    },
  }),
  aCase(28, "trong nhóm thì không trả lời chuyện riêng", {
    needs: ["inGroup"],
    async story({ cp, settled, asked }) {
      await able(cp.inGroup)("khai sinh cần gì")
      await cp.says("7", "khai sinh")
      await settled(1)
      expect(asked.map(({ text }) => text)).toEqual(["khai sinh"])
    },
  }),
  aCase(30, "tin giả mạo bị từ chối và không được lưu", {
    needs: ["forges"],
    async story({ cp, db }) {
      const forged = await able(cp.forges)()
      expect(forged.length).toBeGreaterThan(0)
      expect(forged.filter(({ status }) => status < 400 || status >= 500)).toEqual([])
      expect(await db.inboxEvent.count()).toBe(0)
    },
  }),
  aCase(31, "nội dung quá lớn, sai kiểu bị từ chối nhanh", {
    needs: ["misbehaves"],
    async story({ cp, db }) {
      const answers = await able(cp.misbehaves)()
      expect(answers.filter(({ status }) => status < 400 || status >= 500)).toEqual([])
      expect(await db.inboxEvent.count()).toBe(0)
    },
  }),
  aCase(32, "mã số lớn hơn 2^53 giữ nguyên từng chữ số", {
    async story({ cp, db, settled }) {
      const big = "9007199254740993123"
      await cp.says(big, "khai sinh")
      await settled(1)
      expect((await db.conversation.findFirstOrThrow()).peerId).toBe(big)
      expect(cp.seen().at(-1)?.peerId).toBe(big)
    },
  }),
  aCase(33, "cán bộ nhắn ngay trên nền tảng thì trợ lý im lặng", {
    needs: ["staffWrites"],
    async story({ cp, db, settled, asked, texts: heard }) {
      await cp.says("7", "khai sinh")
      await settled(1)
      await able(cp.staffWrites)("7", "Chào bác, cháu Lan xã mình đây")
      await settled(2)
      await cp.says("7", "chào cháu")
      await settled(3)
      expect(asked).toHaveLength(1)
      expect(heard("7")).toEqual(["Trả lời: khai sinh"])
      expect(await db.message.count({ where: { staffName: { not: null } } })).toBe(1)
    },
  }),
  aCase(34, "tin của chính mình dội lại không bị coi là của cán bộ", {
    needs: ["echoes"],
    async story({ cp, db, settled, asked }) {
      await cp.says("7", "khai sinh")
      await settled(1)
      await able(cp.echoes)(cp.seen().at(-1)?.messageId ?? "")
      await until(async () => expect(await db.inboxEvent.count()).toBeGreaterThan(1))
      await settled(2)
      await cp.says("7", "lệ phí")
      await settled(3)
      expect(asked).toHaveLength(2)
      expect(await db.message.count({ where: { staffName: { not: null } } })).toBe(0)
    },
  }),
]

export { LAN }
