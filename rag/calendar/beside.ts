import type { IsoDate } from "../../knowledge/calendar/dates.ts"
import type { Draft, Reply } from "../pipeline.ts"
import type { Field } from "../types.ts"
import { asksWhether } from "../understand/asked-fields.ts"
import type { Reading } from "../understand/reading.ts"
import { fold } from "../vietnamese/fold.ts"
import { readDays } from "./days.ts"
import { tellOpen } from "./open.ts"
import type { Telling } from "./told.ts"

/** A day by a word that means nothing else; a date in a story is mostly one of birth or death, and "mai" a name. */
const DAY = /\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cuoi tuan|hom nay|(?:ngay|sang|chieu) mai)\b/
/** "con thứ hai" counts children; a day that is over is not gone to. */
const NO_DAY =
  /\b(?:con|dua|be|chau|lan|nguoi|vo|chong|lop|tang|hang) thu\b|\b(?:thu \S+|chu nhat|cuoi tuan) (?:tuan )?(?:truoc|roi|vua|da)\b/
const OPEN = /\b(?:lam viec|mo cua|di lam|nhan ho so|nop ho so|co lam|tiep dan)\b/

/** The days on which a question about something else asks whether it can be done: "thứ bảy làm khai sinh được không". */
export function daysAsked({ text, tokens }: Pick<Reading, "text" | "tokens">, today: IsoDate): readonly IsoDate[] {
  const asked = fold(text)
  if (!DAY.test(asked) || NO_DAY.test(asked) || !(OPEN.test(asked) || asksWhether(tokens))) return []
  return readDays(asked, today).dates.filter((date) => date >= today)
}

/** What "được không" asks for where no day is named; beside one it asks for the day. */
const WHETHER: ReadonlySet<Field> = new Set(["conditions", "subjects"])

/** The answer with the office's hours on the days asked for first; these by themselves where there is no other answer. */
export function withOpenDays({ draft, texts }: Telling, composed: (draft: Draft) => Reply): Reply {
  const dates = draft.reading && !draft.question.choiceId ? daysAsked(draft.reading, draft.today) : []
  const open = dates.length > 0 ? tellOpen({ draft, texts }, dates) : null
  if (!open) return composed(draft)
  const fields = draft.fields.filter((field) => !WHETHER.has(field))
  const decision = draft.decision?.kind === "procedure" ? { ...draft.decision, fields } : draft.decision
  const reply = composed({ ...draft, fields, decision })
  if (reply.status === "low_confidence" || reply.status === "no_source") return { ...open, choices: reply.choices, context: reply.context }
  return {
    ...reply,
    text: `${open.text}\n\n${reply.text}`,
    citations: [...open.citations, ...reply.citations],
    support: [...open.support, ...reply.support],
  }
}
