import { type CalendarQuestion, calendarQuestion } from "../calendar/asking.ts"
import { tellHolidays, tellNoHours, tellOpen } from "../calendar/open.ts"
import type { Telling } from "../calendar/told.ts"
import { tellReception, tellSameDay, tellSchedule } from "../calendar/weekly.ts"
import type { Reply, Step } from "../pipeline.ts"
import type { AnswerTexts } from "../texts.ts"

type Tell<K extends CalendarQuestion["kind"]> = (telling: Telling, asked: Extract<CalendarQuestion, { kind: K }>) => Reply | null

const TELL: { readonly [K in CalendarQuestion["kind"]]: Tell<K> } = {
  open: (telling, { dates }) => tellOpen(telling, dates) ?? hoursNowhere(telling),
  holidays: tellHolidays,
  same_day: (telling, { monday }) => tellSameDay(telling, monday),
  reception: tellReception,
  schedule: tellSchedule,
}

/** Where there are no documents that may tell of hours, nobody published them; procedures would only be near by the word "việc". */
function hoursNowhere(telling: Telling): Reply | null {
  return telling.draft.live.base.documents.length === 0 ? tellNoHours(telling) : null
}

/** Questions on days that notices and the calendar answer; every other question goes on to the search. */
export function calendar(texts: AnswerTexts): Step {
  return (draft) => {
    const { base } = draft.live
    // Without notices, what documents say of days stands in their passages; procedures say nothing of them.
    const inPassages = base.notices.length === 0 && base.documents.length > 0
    if (draft.decision || draft.screened || draft.question.choiceId || inPassages) return { draft, verdict: "skipped" }
    const known = { today: draft.today, names: base.home?.commune ?? "" }
    // As typed first: "tết" and "mùng" stand in few texts, and are easily taken for slips of other words.
    const asked = calendarQuestion(draft.text, known) ?? calendarQuestion(draft.reading?.text ?? "", known)
    if (!asked) return { draft, verdict: "no day" }
    const tell = TELL[asked.kind] as Tell<CalendarQuestion["kind"]>
    const reply = tell({ draft, texts }, asked)
    return reply ? { draft: { ...draft, decision: { kind: "told", reply } }, verdict: asked.kind } : { draft, verdict: "not published" }
  }
}
