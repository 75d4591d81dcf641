import { expect } from "vitest"
import { vi as texts } from "../../../bot/texts/conversation.ts"
import { until } from "../../support/until.ts"
import { able, aCase, type Case } from "./case.ts"

const wordless = (what: keyof typeof texts.wordless) => texts.wordless[what]
const HOURS = 3_600_000

/** Shut until it is opened, and shut again behind whoever waited. */
function createGate() {
  let open = () => {}
  return {
    passed: () => new Promise<void>((resolve) => (open = resolve)),
    open: () => open(),
  }
}
const slow = createGate()

/** What arrives: CHANNELS' cases 1 to 15. */
export const arriving: readonly Case[] = [
  aCase(1, "tin giao hai lần chỉ được trả lời một lần", {
    needs: ["redelivers"],
    async story({ cp, db, settled, texts: heard }) {
      await cp.says("7", "khai sinh")
      await able(cp.redelivers)()
      await able(cp.redelivers)()
      await settled(1)
      expect(heard("7")).toEqual(["Trả lời: khai sinh"])
      expect(await db.inboxEvent.count()).toBe(1)
    },
  }),
  aCase(2, "giao lại sau khi đã lưu thì bỏ qua", {
    needs: ["redelivers"],
    async story({ cp, db, settled, texts: heard }) {
      await cp.says("7", "khai sinh")
      await settled(1)
      await able(cp.redelivers)()
      await cp.says("7", "lệ phí")
      await settled(2)
      expect(heard("7")).toEqual(["Trả lời: khai sinh", "Trả lời: lệ phí"])
      expect(await db.answer.count()).toBe(2)
    },
  }),
  aCase(3, "chưa lưu được thì nền tảng giao lại, không mất", {
    needs: ["redelivers"],
    async story({ cp, failStoring, settled, texts: heard }) {
      failStoring()
      // A webhook refuses; a poll simply does not confirm.
      await cp.says("7", "khai sinh").catch(() => undefined)
      await able(cp.redelivers)()
      await settled(1)
      expect(heard("7")).toEqual(["Trả lời: khai sinh"])
    },
  }),
  aCase(4, "nhiều tin trong một giây được trả lời đúng thứ tự", {
    async story({ cp, settled, texts: heard }) {
      const said = Array.from({ length: 8 }, (_, i) => `câu ${i}`)
      for (const text of said) await cp.says("7", text)
      await settled(8)
      expect(heard("7")).toEqual(said.map((text) => `Trả lời: ${text}`))
    },
  }),
  aCase(5, "người này chậm không làm người khác phải chờ", {
    answers: async ({ text }) => {
      if (text === "chậm") await slow.passed()
      return {}
    },
    async story({ cp, texts: heard }) {
      const both = Promise.all([cp.says("7", "chậm"), cp.says("8", "nhanh")])
      await until(() => expect(heard("8")).toEqual(["Trả lời: nhanh"]))
      expect(heard("7")).toEqual([])
      slow.open()
      await both
      await until(() => expect(heard("7")).toEqual(["Trả lời: chậm"]))
    },
  }),
  aCase(6, "ảnh đến trước, chưa có chữ: được lưu và hỏi nội dung", {
    needs: ["sendsMedia"],
    when: ({ inbound }) => inbound.has("image"),
    async story({ cp, db, settled, asked, texts: heard }) {
      await able(cp.sendsMedia)("7", { kind: "image" })
      await settled(1)
      await cp.says("7", "đèn đường hỏng")
      await settled(2)
      expect(heard("7")).toEqual([wordless("image"), "Trả lời: đèn đường hỏng"])
      expect(asked).toHaveLength(1)
      expect(await db.mediaFile.count()).toBe(1)
    },
  }),
  aCase(7, "năm ảnh một lần: nhắc một câu, đủ năm tệp", {
    needs: ["sendsMedia"],
    when: ({ inbound }) => inbound.has("image"),
    async story({ cp, db, settled, texts: heard }) {
      for (let i = 0; i < 5; i += 1) await able(cp.sendsMedia)("7", { kind: "image", album: "a1" })
      await until(async () => expect(await db.mediaFile.count()).toBe(5))
      await settled(1)
      expect(heard("7")).toEqual([wordless("image")])
    },
  }),
  aCase(8, "chữ dưới ảnh là câu hỏi và ảnh vẫn còn", {
    needs: ["sendsMedia"],
    when: ({ inbound }) => inbound.has("image"),
    async story({ cp, db, settled, asked }) {
      await able(cp.sendsMedia)("7", { kind: "image", caption: "giấy này cần gì nữa" })
      // Some platforms hand the words over as a message of their own.
      await until(() => expect(asked.map(({ text }) => text)).toEqual(["giấy này cần gì nữa"]))
      await settled(1)
      expect(await db.mediaFile.count()).toBe(1)
    },
  }),
  aCase(9, "tệp quá lớn hoặc đã mất được nói rõ, không treo", {
    needs: ["sendsMedia", "losesMedia"],
    when: ({ inbound }) => inbound.has("image"),
    async story({ cp, db, channel, settled }) {
      able(cp.losesMedia)("gone")
      await able(cp.sendsMedia)("7", { kind: "image" })
      await settled(1)
      const file = await db.mediaFile.findFirstOrThrow()
      const fetching = channel.fetchMedia?.(file.source ?? "", AbortSignal.timeout(5000)).then(async (bytes) => {
        for await (const chunk of bytes) expect(chunk.length).toBeGreaterThan(0)
      })
      await expect(fetching).rejects.toMatchObject({ code: "media_unavailable" })
    },
  }),
  aCase(11, "lời ghi âm được lưu, không bị coi là câu hỏi", {
    needs: ["sendsMedia"],
    when: ({ inbound }) => inbound.has("voice") || inbound.has("audio"),
    async story({ cp, db, settled, asked, texts: heard }) {
      await able(cp.sendsMedia)("7", { kind: "voice" })
      await settled(1)
      expect(heard("7")).toEqual([wordless("voice")])
      expect(asked).toEqual([])
      expect(await db.mediaFile.findFirst()).toMatchObject({ kind: expect.stringMatching(/voice|audio/) as string })
    },
  }),
  aCase(12, "vị trí thành một dạng chung", {
    needs: ["sendsLocation"],
    when: ({ inbound }) => inbound.has("location"),
    async story({ cp, db, settled, texts: heard }) {
      const stored = captureFirst(db)
      await able(cp.sendsLocation)("7", { latitude: 20.865139, longitude: 106.68383 })
      await settled(1)
      expect(heard("7")).toEqual([wordless("location")])
      // It was told that the place is kept: staff find it on a map.
      expect((await stored()).heard).toBe("(vị trí 20.86514, 106.68383)")
      expect(await db.message.findFirst({ where: { direction: "in" } })).toMatchObject({ text: "(vị trí 20.86514, 106.68383)" })
    },
  }),
  aCase(13, "số điện thoại của người khác không tính là của mình", {
    needs: ["sendsContact"],
    when: ({ inbound }) => inbound.has("contact"),
    async story({ cp, settled, asked, texts: heard }) {
      await able(cp.sendsContact)("7", { phone: "0912345678", own: false })
      await settled(1)
      expect(heard("7")).toEqual([wordless("contact")])
      expect(asked).toEqual([])
    },
  }),
  aCase(14, "biểu tượng: một lời nhẹ nhàng, không hỏi máy", {
    needs: ["sendsSticker"],
    async story({ cp, settled, asked, texts: heard }) {
      await able(cp.sendsSticker)("7")
      await able(cp.sendsSticker)("7")
      await settled(2)
      expect(heard("7")).toHaveLength(1)
      expect(asked).toEqual([])
    },
  }),
  aCase(15, "loại tin lạ: lưu lại và xin nhắn bằng chữ", {
    needs: ["sendsUnknown"],
    async story({ cp, settled, asked, texts: heard }) {
      await able(cp.sendsUnknown)("7")
      await settled(1)
      expect(heard("7")).toEqual([wordless("opaque")])
      expect(asked).toEqual([])
    },
  }),
  aCase(29, "tin đến muộn sau sự cố được trả lời một lần kèm lời xin lỗi", {
    async story({ cp, settled, texts: heard }) {
      const at = new Date(Date.now() - 2 * HOURS)
      await cp.says("7", "khai sinh", { at })
      await settled(1)
      // Where the platform does not tell when it was written, nobody can know that it is late.
      expect(heard("7")).toEqual([...(cp.timeless ? [] : [texts.late]), "Trả lời: khai sinh"])
    },
  }),
]

/** What is kept of the first event once it is done. */
const captureFirst = (db: { inboxEvent: { findFirstOrThrow(): Promise<{ payload: unknown }> } }) => async () =>
  (await db.inboxEvent.findFirstOrThrow()).payload as { heard: string }
