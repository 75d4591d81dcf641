import { type IsoDate, weekdayOf } from "../../knowledge/calendar/dates.ts"
import { HOLIDAY_LAW, lawHolidays } from "../../knowledge/calendar/law.ts"
import { calendarOf, type Day, dayOf, nextWorkingDay, type YearList } from "../../knowledge/calendar/work-calendar.ts"
import type { Notice } from "../../knowledge/notice.ts"
import type { Reply } from "../pipeline.ts"
import { CHOOSE_HUMAN } from "../steps/read.ts"
import { fold } from "../vietnamese/fold.ts"
import { notTold, noticesOf, told, type Telling } from "./told.ts"

type Hours = Extract<Notice, { kind: "opening_hours" }>

/** Said where nothing at all tells when the office is open. */
export const tellNoHours = ({ draft, texts }: Telling): Reply =>
  notTold(texts.calendar.noHours(draft.live.way), [{ id: "human", label: texts.choiceOther }])

/** Whether the office is open on these days; null when no opening hours are published. */
export function tellOpen({ draft, texts }: Telling, dates: readonly IsoDate[]): Reply | null {
  const { calendar: words, choiceOther } = texts
  const offices = noticesOf(draft, "opening_hours").map((hours) => {
    const weekdays = hours.hours.flatMap((session) => session.weekdays)
    return { hours, calendar: calendarOf(draft.live.base.notices, weekdays) }
  })
  const told_ = offices.flatMap(({ hours, calendar }) => dates.map((date) => ({ hours, calendar, day: dayOf(calendar, date) })))
  if (told_.length === 0) return null
  const unsure = told_.find(({ day }) => day.why === "undecided")?.day
  if (unsure) {
    const text = words.undecided({ date: unsure.date, holiday: unsure.name ?? "", way: draft.live.way })
    return notTold(text, [{ id: CHOOSE_HUMAN, label: choiceOther }])
  }
  const said = told_.map(({ hours, calendar, day }) => {
    const works = day.why === "ordinary" || day.why === "made_up"
    const next = works ? null : nextWorkingDay(calendar, day.date)
    const line = works
      ? words.open({ date: day.date, place: hours.place, hours: sessionsOn(hours, day), madeUp: day.name })
      : words.closed({ date: day.date, place: hours.place, holiday: day.name })
    return { day, line, next: next && { date: next, hours: sessionsOn(hours, dayOf(calendar, next)) } }
  })
  const last = said.at(-1)?.next
  const law = said.some(({ day }) => day.why === "holiday" && day.list === null)
  return told(
    { draft, texts },
    {
      lines: [...said.map(({ line }) => line), ...(last ? [words.nextOpen(last)] : []), ...(law ? [words.byLaw(HOLIDAY_LAW)] : [])],
      from: [...offices.map(({ hours }) => hours), ...said.flatMap(({ day }) => day.list ?? [])],
      figures: [
        ...dates.map(words.day),
        ...said.flatMap(({ next }) => (next ? [words.day(next.date)] : [])),
        ...(law ? [HOLIDAY_LAW] : []),
      ],
    },
  )
}

/** Hours of a day; a Saturday that is worked instead has those of the week's first day. */
function sessionsOn({ hours }: Hours, { date, why }: Day): string[] {
  const first = Math.min(...hours.flatMap(({ weekdays }) => weekdays))
  const weekday = why === "made_up" ? first : weekdayOf(date)
  return hours.filter(({ weekdays }) => weekdays.includes(weekday)).map(({ from, to }) => `${from}–${to}`)
}

/** The days off of a year, or of one holiday in it: from the published list; without one, what the law alone makes certain. */
export function tellHolidays(
  { draft, texts }: Telling,
  { year, name }: { readonly year: number; readonly name: RegExp | null },
): Reply | null {
  const words = texts.calendar
  const list = noticesOf(draft, "holidays").find((notice) => notice.year === year)
  const asked = (day: { readonly name: string }) => name === null || name.test(fold(day.name))
  if (list) return tellList({ draft, texts }, list, asked)
  const sure = lawHolidays(year).filter((day) => day.certain && asked(day))
  const none = notTold(words.noList({ year, way: draft.live.way }), [{ id: CHOOSE_HUMAN, label: texts.choiceOther }])
  if (sure.length === 0) return none
  const law = [words.certainByLaw(HOLIDAY_LAW), ...sure.map((day) => words.daysOff({ name: day.name, dates: [day.date] }))]
  return { ...none, text: [none.text, ...law].join("\n"), support: [...none.support, ...law] }
}

function tellList(telling: Telling, list: YearList, asked: (day: { readonly name: string }) => boolean): Reply {
  const words = telling.texts.calendar
  const off = list.daysOff.filter(asked)
  const names = [...new Set(off.map((day) => day.name))]
  const groups = names.map((name) => words.daysOff({ name, dates: off.filter((day) => day.name === name).map(({ date }) => date) }))
  const madeUp = list.workingDays.map(words.madeUp)
  return told(telling, {
    lines: [list.text, ...groups, ...madeUp],
    from: [list],
    figures: [...list.daysOff, ...list.workingDays].map(({ date }) => words.day(date)),
  })
}
