import { NotFoundError } from "../../errors.ts"
import { draftOf, saveDraft, type Change, type Hand } from "../../knowledge/editing/drafts.ts"
import { storedRecord } from "../../knowledge/editing/records.ts"
import { switchProcedure } from "../../knowledge/editing/suspension.ts"
import type { Procedure } from "../../knowledge/procedure.ts"
import { unmarked } from "../../knowledge/quality/spelling.ts"
import { TRANSACTION } from "../../knowledge/store.ts"
import type { Transaction } from "../../prisma/database.ts"
import { type ApiRoute, unlogged, write } from "../api/route.ts"
import { addProcedureAlias, draftSameDay, resumeProcedure, suspendProcedure } from "../contract/procedures.ts"
import { keptDraft, savedNote } from "./drafts.ts"

export interface ProcedureChangeDependencies {
  readonly newId: () => string
  /** Brings what was just published before the citizens. */
  readonly onPublished: () => Promise<void>
}

/** Changes to procedures besides writing one of them: switching off and on, a name more, the same-day flag of several. */
export const procedureChangeRoutes = (dependencies: ProcedureChangeDependencies): ApiRoute[] => [
  ...switching(dependencies),
  naming(dependencies),
  flagging(dependencies),
]

function switching({ onPublished }: ProcedureChangeDependencies): ApiRoute[] {
  const change = async (tx: Transaction, code: string, to: { reason: string | null; by: string; now: Date }) => {
    if (!(await switchProcedure(tx, code, to))) throw new NotFoundError("procedure")
  }
  return [
    write(suspendProcedure, {
      async act(tx, { params: { code }, body: { reason }, actor, now }) {
        await change(tx, code, { reason, by: actor.name, now })
        const log = { kind: "procedure.suspended", subject: `procedure:${code}`, details: { reason } }
        return { reply: {}, log, afterwards: onPublished }
      },
    }),
    write(resumeProcedure, {
      async act(tx, { params: { code }, actor, now }) {
        await change(tx, code, { reason: null, by: actor.name, now })
        return { reply: {}, log: { kind: "procedure.resumed", subject: `procedure:${code}` }, afterwards: onPublished }
      },
    }),
  ]
}

function naming({ newId }: ProcedureChangeDependencies): ApiRoute {
  return write(addProcedureAlias, {
    async act(tx, { params: { code }, body: { alias }, actor, now }) {
      const known = await preparedProcedure(tx, code)
      const { name, aliases } = known.body
      const has = [name, ...aliases].some((before) => unmarked(before) === unmarked(alias))
      if (has) return { reply: { added: false, draft: null }, log: unlogged("the record has this name already") }
      const draft = keptDraft(await prepare(tx, known, { change: { aliases: [...aliases, alias] }, hand: { by: actor, now, newId } }))
      if (!draft) return { reply: { added: false, draft: null }, log: unlogged("nothing differs from what is told") }
      return { reply: { added: true, draft: { id: draft.id, version: draft.version } }, log: savedNote(draft) }
    },
  })
}

function flagging({ newId }: ProcedureChangeDependencies): ApiRoute {
  return write(draftSameDay, {
    patience: TRANSACTION,
    async act(tx, { body: { codes, sameDay }, actor, now }) {
      const drafted: string[] = []
      for (const code of new Set(codes)) {
        const known = await preparedProcedure(tx, code)
        if (known.body.sameDay === sameDay) continue
        const hand = { by: actor, now, newId }
        keptDraft(await prepare(tx, known, { change: { sameDay }, hand }))
        drafted.push(code)
      }
      const reply = { drafted: drafted.length, unchanged: codes.length - drafted.length }
      if (drafted.length === 0) return { reply, log: unlogged("all are so already") }
      return { reply, log: { kind: "procedure.same_day", subject: "procedures", details: { sameDay, codes: drafted } } }
    },
  })
}

interface Prepared {
  readonly body: Procedure
  /** What of the draft stays as it is. */
  readonly rest: Omit<Change, "body">
}

/** A procedure as it is being prepared, or else as it is told. Throws NotFoundError. */
async function preparedProcedure(tx: Transaction, code: string): Promise<Prepared> {
  const name = { kind: "procedure", key: code } as const
  const draft = await draftOf(tx, name)
  const item = draft?.item ?? (await storedRecord(tx, name))?.item
  if (item?.kind !== "procedure") throw new NotFoundError("procedure")
  const kept = draft ? { withdraws: draft.withdraws, note: draft.note } : {}
  return { body: item.body, rest: { kind: "procedure", seen: draft?.version ?? null, ...kept } }
}

const prepare = (tx: Transaction, { body, rest }: Prepared, { change, hand }: { change: Partial<Procedure>; hand: Hand }) =>
  saveDraft(tx, { ...rest, body: { ...body, ...change } }, hand)
