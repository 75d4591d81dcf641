import { type IsoDate, mondayOf, plusDays, weekdayOf } from "../../knowledge/calendar/dates.ts"
import { sameDayOf } from "../../knowledge/calendar/same-day.ts"
import { calendarOf, dayOf, isWorkingDay } from "../../knowledge/calendar/work-calendar.ts"
import type { Reply } from "../pipeline.ts"
import { CHOOSE_HUMAN } from "../steps/read.ts"
import { fold } from "../vietnamese/fold.ts"
import { notTold, noticesOf, told, type Telling } from "./told.ts"

const MAX_NAMES = 10
/** A year of weeks is searched for the next same-day day; no holiday is longer. */
const FAR_WEEKS = 8

/** On which day of a week same-day results are given; without a week, the next one from today on. */
export function tellSameDay({ draft, texts }: Telling, monday: IsoDate | null): Reply {
  const words = texts.calendar
  const { base, way } = draft.live
  const [notice] = noticesOf(draft, "same_day")
  if (!notice) return notTold(words.noSameDay(way), [{ id: CHOOSE_HUMAN, label: texts.choiceOther }])
  const calendar = calendarOf(base.notices)
  const inWeek = (week: IsoDate) => sameDayOf(calendar, week, notice)
  const first = inWeek(monday ?? draft.today)
  const past = first.date !== null && first.date < draft.today
  const next = past || first.date === null ? nextAfter(inWeek, { from: monday ?? draft.today, today: draft.today }) : null
  const day = past ? null : first.date
  const names = notice.procedures.flatMap((code) => base.procedures.find((procedure) => procedure.code === code)?.name ?? [])
  return told(
    { draft, texts },
    {
      lines: [
        ...(first.clash
          ? [words.sameDayClash({ date: first.planned, holiday: first.clash.name, rule: notice.holidayRule, moved: first.date })]
          : []),
        ...(past && first.date ? [words.sameDayPast(first.date)] : []),
        ...[day ?? next].flatMap((date) => (date === null ? [] : [words.sameDay({ date, cutOff: notice.cutOff })])),
        notice.text,
        ...(names.length > 0 ? [words.sameDayProcedures(names.slice(0, MAX_NAMES))] : []),
      ],
      from: [notice, ...(first.clash?.list ? [first.clash.list] : [])],
      figures: [...[first.planned, first.date, next].flatMap((date) => (date ? [words.day(date)] : [])), ...names],
    },
  )
}

function nextAfter(
  inWeek: (week: IsoDate) => { readonly date: IsoDate | null },
  { from, today }: { readonly from: IsoDate; readonly today: IsoDate },
): IsoDate | null {
  for (let weeks = 1; weeks <= FAR_WEEKS; weeks += 1) {
    const { date } = inWeek(plusDays(from, 7 * weeks))
    if (date !== null && date >= today) return date
  }
  return null
}

interface Reception {
  readonly monday: IsoDate | null
  readonly chairman: boolean
}

/** When and where citizens are received, with the next day by the published weekdays; null when nothing is published. */
export function tellReception({ draft, texts }: Telling, { monday, chairman }: Reception): Reply | null {
  const words = texts.calendar
  const all = noticesOf(draft, "reception")
  const ofChairman = all.filter(({ who }) => fold(who).includes("chu tich"))
  const notices = chairman && ofChairman.length > 0 ? ofChairman : all
  if (notices.length === 0) return null
  const calendar = calendarOf(draft.live.base.notices)
  const from = monday !== null && monday > draft.today ? monday : draft.today
  const said = notices.map(({ text, weekdays, dates }) => {
    const planned = nextPlanned({ weekdays, dates }, from)
    // Received on every working day: no single day is the next one.
    if (planned === null || weekdays.length > 2) return { lines: [text], date: null }
    const worked = isWorkingDay(calendar, planned)
    const holiday = worked ? null : dayOf(calendar, planned).name
    return { lines: [text, worked ? words.reception(planned) : words.receptionClash({ date: planned, holiday })], date: planned }
  })
  return told(
    { draft, texts },
    { lines: said.flatMap(({ lines }) => lines), from: notices, figures: said.flatMap(({ date }) => (date ? [words.day(date)] : [])) },
  )
}

function nextPlanned({ weekdays, dates }: { weekdays: readonly number[]; dates: readonly IsoDate[] }, from: IsoDate): IsoDate | null {
  const weekly = [0, 1, 2, 3, 4, 5, 6].map((days) => plusDays(from, days)).filter((date) => weekdays.includes(weekdayOf(date)))
  return [...weekly, ...dates.filter((date) => date >= from)].sort()[0] ?? null
}

interface Week {
  readonly monday: IsoDate
  readonly date: IsoDate | null
}

/** What the leaders do in a week, or on one day of it; honest where that week's schedule is not published. */
export function tellSchedule({ draft, texts }: Telling, { monday, date }: Week): Reply {
  const words = texts.calendar
  const notices = noticesOf(draft, "weekly_schedule").filter((notice) => notice.monday === mondayOf(monday))
  if (notices.length === 0) {
    const text = words.noSchedule({ from: monday, to: plusDays(monday, 6), way: draft.live.way })
    return notTold(text, [{ id: CHOOSE_HUMAN, label: texts.choiceOther }])
  }
  const lines = notices.flatMap(({ title, entries }) => {
    const wanted = entries.filter((entry) => date === null || entry.date === date)
    const days = [...new Set(wanted.map((entry) => entry.date))].sort()
    const told = days.map((day) => words.entries({ date: day, entries: wanted.filter((entry) => entry.date === day).map(words.entry) }))
    return [title, ...(told.length > 0 || date === null ? told : [words.noEntries(date)])]
  })
  const days = [...notices.flatMap(({ entries }) => entries.map((entry) => entry.date)), ...(date ? [date] : [])]
  return told({ draft, texts }, { lines, from: notices, figures: days.map(words.day) })
}
