import type { Database, Transaction } from "../../prisma/database.ts"
import { noticeItem, type KnowledgeItem } from "../../knowledge/item.ts"
import { noticeSchema } from "../../knowledge/notice.ts"
import { setUpCommune } from "../../knowledge/store.ts"
import { gone, wrongField } from "../api/refusal.ts"
import { type ApiRoute, type Call, read, write } from "../api/route.ts"
import { finishSetup, readSetup } from "../contract/setup.ts"
import { hashPassword } from "../staff/password.ts"
import { addPerson, meOf } from "../staff/people.ts"
import { openSession } from "../staff/sessions.ts"
import { isSetupToken, useSetupLink } from "../staff/setup-link.ts"
import { openingTexts, refusals } from "../texts.ts"

export interface SetupDependencies {
  readonly db: Database
  readonly newId: () => string
  /** Called when the commune has been named: its name is part of what answers say. */
  readonly onConfigured: () => Promise<void>
}

type Finish = Call<typeof finishSetup>
type Body = Finish["body"]

/** The first start: through the one-time link that it prints, once. */
export function setupRoutes({ db, newId, onConfigured }: SetupDependencies): ApiRoute[] {
  return [
    read(readSetup, async ({ query }) => ({ good: await isSetupToken(db, query.token) })),
    write(finishSetup, {
      async prepare({ body }) {
        // Hashing is dear: only for those who have the link.
        if (!(await isSetupToken(db, body.token))) throw gone(refusals.setupLink)
        return hashPassword(body.admin.password)
      },
      async act(tx, call, passwordHash) {
        const { body, visitor, now } = call
        // Used up first: of two requests at once only one sets the commune up.
        if (!(await useSetupLink(tx, body.token))) throw gone(refusals.setupLink)
        const commune = `${body.commune.kind} ${body.commune.name}`
        await setUpCommune(
          tx,
          {
            home: { commune, province: body.commune.province },
            items: noticesOf(commune, body.opening),
            keepDemo: body.knowledge === "demo",
          },
          { now, newId, importedFrom: "setup" },
        )
        const admin = await addAdmin(tx, call, { id: newId(), passwordHash })
        const details = { commune, province: body.commune.province, knowledge: body.knowledge, account: admin.account }
        return {
          reply: meOf(admin),
          session: { open: await openSession(tx, { staffId: admin.id, visitor, now, newId }) },
          log: { kind: "setup.finished", subject: `staff:${admin.id}`, details, by: admin },
          afterwards: onConfigured,
        }
      },
    }),
  ]
}

async function addAdmin(tx: Transaction, { body, now }: Finish, { id, passwordHash }: { id: string; passwordHash: string }) {
  const { account, person: name } = body.admin
  if (await tx.staff.findUnique({ where: { account } })) throw wrongField("admin.account", refusals.accountTaken)
  const admin = { id, account, name, roles: ["admin"] } as const
  await addPerson(tx, { ...admin, passwordHash, now })
  return admin
}

/** What the wizard was told, as the commune's first own notices, worded as citizens read them. */
function noticesOf(commune: string, { address, weekdays, morning, afternoon, hotline }: Body["opening"]): KnowledgeItem[] {
  const source = openingTexts.source(commune)
  const span = ({ from, to }: { from: string; to: string }) => openingTexts.span(from, to)
  const words = { days: openingTexts.days(weekdays), morning: span(morning), afternoon: span(afternoon) }
  const hours = {
    kind: "opening_hours",
    ...{ id: "gio-lam-viec", title: openingTexts.hoursTitle, text: openingTexts.hours(commune, words), source },
    ...{ place: openingTexts.place(commune), address },
    hours: [morning, afternoon].map((session) => ({ weekdays, ...session })),
  }
  const contact = {
    kind: "contact",
    ...{ id: "duong-day-nong", title: openingTexts.hotlineTitle, text: openingTexts.hotline(commune, hotline), source },
    ...{ role: openingTexts.hotlineRole, phone: hotline, hotline: true, published: true },
  }
  return [hours, contact].map((notice) => noticeItem(noticeSchema.parse(notice)))
}
