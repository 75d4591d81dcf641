import type { Notice } from "../notice.ts"
import { type IsoDate, mondayOf, plusDays } from "./dates.ts"
import { type Day, dayOf, isWorkingDay, nextWorkingDay, previousWorkingDay, type WorkCalendar } from "./work-calendar.ts"

type SameDay = Extract<Notice, { kind: "same_day" }>

/** A weekly day in one week. `date` is null where it is skipped, announced each time, or not yet decided; `clash` says why it moved. */
export interface WeeklyDay {
  readonly planned: IsoDate
  readonly date: IsoDate | null
  readonly clash: Day | null
}

const MOVES: Readonly<Record<SameDay["onHoliday"], (calendar: WorkCalendar, planned: IsoDate) => IsoDate | null>> = {
  skipped: () => null,
  announced: () => null,
  next_in_week: (calendar, planned) => inSameWeek(planned, nextWorkingDay(calendar, planned)),
  next_working_day: nextWorkingDay,
  previous_working_day: previousWorkingDay,
}

const inSameWeek = (planned: IsoDate, date: IsoDate) => (mondayOf(date) === mondayOf(planned) ? date : null)

/** When the same-day day falls in the week of `date`. The published rule alone moves it. */
export function sameDayOf(
  calendar: WorkCalendar,
  date: IsoDate,
  { weekday, onHoliday }: Pick<SameDay, "weekday" | "onHoliday">,
): WeeklyDay {
  const planned = plusDays(mondayOf(date), weekday - 1)
  if (isWorkingDay(calendar, planned)) return { planned, date: planned, clash: null }
  const clash = dayOf(calendar, planned)
  return { planned, date: clash.why === "undecided" ? null : MOVES[onHoliday](calendar, planned), clash }
}

/**
 * The day on which a same-day result is given: on the day itself before the cut-off, else on the next working day. At the very
 * minute of the cut-off it is too late: citizens are told "trước 15 giờ".
 */
export function resultDay(calendar: WorkCalendar, received: { readonly date: IsoDate; readonly clock: string }, cutOff: string): IsoDate {
  const inTime = received.clock < cutOff && isWorkingDay(calendar, received.date)
  return inTime ? received.date : nextWorkingDay(calendar, received.date)
}
