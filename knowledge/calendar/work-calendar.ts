import type { Notice } from "../notice.ts"
import { type IsoDate, plusDays, weekdayOf, yearOf } from "./dates.ts"
import { lawHolidays, type LawHoliday } from "./law.ts"

/** Officials work Monday to Friday (Quyết định 188/1999/QĐ-TTg); time limits are counted by these days. */
export const WORK_WEEK: readonly number[] = [1, 2, 3, 4, 5]

export type YearList = Extract<Notice, { kind: "holidays" }>

/** Which days are worked: the week, and each year's published list of days off and of days made up for. */
export interface WorkCalendar {
  readonly weekdays: ReadonlySet<number>
  readonly lists: ReadonlyMap<number, YearList>
}

/** The calendar by what is published; `weekdays` where an office is open on others than Monday to Friday. */
export const calendarOf = (notices: readonly Notice[], weekdays: readonly number[] = WORK_WEEK): WorkCalendar => ({
  weekdays: new Set(weekdays),
  lists: new Map(notices.flatMap((notice) => (notice.kind === "holidays" ? [[notice.year, notice] as const] : []))),
})

/** One day. `undecided`: near a holiday whose days are set each year, and no list of the year is published. */
export interface Day {
  readonly date: IsoDate
  readonly why: "ordinary" | "made_up" | "weekly" | "holiday" | "undecided"
  /** The holiday's name. */
  readonly name: string | null
  /** The list that says so; null: the week, or the law. */
  readonly list: YearList | null
}

/** What a day is: by the published list of its year, else by the law alone. */
export function dayOf({ weekdays, lists }: WorkCalendar, date: IsoDate): Day {
  const list = lists.get(yearOf(date)) ?? null
  const usual = weekdays.has(weekdayOf(date))
  if (list) {
    const off = list.daysOff.find((day) => day.date === date)
    if (off) return { date, why: "holiday", name: off.name, list }
    const madeUp = list.workingDays.find((day) => day.date === date)
    if (madeUp) return { date, why: "made_up", name: madeUp.name, list }
    return { date, why: usual ? "ordinary" : "weekly", name: null, list: null }
  }
  const law = lawOf(yearOf(date)).find((day) => day.date === date)
  if (law?.certain) return { date, why: "holiday", name: law.name, list: null }
  if (!usual) return { date, why: "weekly", name: null, list: null }
  return { date, why: law ? "undecided" : "ordinary", name: law?.name ?? null, list: null }
}

const known = new Map<number, readonly LawHoliday[]>()

/** The law's days of a year never change while the program runs. */
function lawOf(year: number): readonly LawHoliday[] {
  const days = known.get(year) ?? lawHolidays(year)
  known.set(year, days)
  return days
}

/** True for a day that is certainly worked; an undecided one is not, so that nothing is promised too early. */
export function isWorkingDay(calendar: WorkCalendar, date: IsoDate): boolean {
  const { why } = dayOf(calendar, date)
  return why === "ordinary" || why === "made_up"
}

/** The first day after this one that is certainly worked. */
export const nextWorkingDay = (calendar: WorkCalendar, date: IsoDate): IsoDate => seek(calendar, date, 1)

/** The last day before this one that is certainly worked. */
export const previousWorkingDay = (calendar: WorkCalendar, date: IsoDate): IsoDate => seek(calendar, date, -1)

/** Longer than any holiday. */
const FAR = 60

function seek(calendar: WorkCalendar, from: IsoDate, step: 1 | -1): IsoDate {
  for (let days = 1; days <= FAR; days += 1) {
    const date = plusDays(from, step * days)
    if (isWorkingDay(calendar, date)) return date
  }
  throw new RangeError(`no working day within ${FAR} days of ${from}`)
}

/** The last day of a limit of working days: the day of receipt does not count (Bộ luật Dân sự 2015, Điều 147). */
export function addWorkingDays(calendar: WorkCalendar, received: IsoDate, days: number): IsoDate {
  let date = received
  for (let counted = 0; counted < days; counted += 1) date = nextWorkingDay(calendar, date)
  return date
}
