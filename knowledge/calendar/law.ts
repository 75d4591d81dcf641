import { type IsoDate, plusDays, weekdayOf } from "./dates.ts"
import { solarOf } from "./lunar.ts"

/** Where the days of this file stand. */
export const HOLIDAY_LAW = "Bộ luật Lao động 2019, Điều 111 và Điều 112"

/** A day off by law. `certain: false`: it belongs to a holiday whose very days the Prime Minister sets each year. */
export interface LawHoliday {
  readonly date: IsoDate
  readonly name: string
  readonly certain: boolean
}

const TET = "Tết Nguyên đán"
const NATIONAL_DAY = "Quốc khánh"

/**
 * Days off that the law gives in a year (Bộ luật Lao động 2019, Điều 112 khoản 1), with the day off in place of one that falls on
 * a weekend (Điều 111 khoản 3). Five days of Tết and the second day of Quốc khánh are set each year (Điều 112 khoản 3): of them
 * only the feast itself is certain, and days that may be chosen are given as uncertain.
 */
export function lawHolidays(year: number): LawHoliday[] {
  const tet = solarOf({ day: 1, month: 1, year })
  const fixed = [
    { date: `${year}-01-01`, name: "Tết Dương lịch" },
    { date: solarOf({ day: 10, month: 3, year }), name: "Giỗ Tổ Hùng Vương" },
    { date: `${year}-04-30`, name: "Ngày Chiến thắng" },
    { date: `${year}-05-01`, name: "Ngày Quốc tế lao động" },
  ]
  const feasts = [
    { date: tet, name: TET },
    { date: `${year}-09-02`, name: NATIONAL_DAY },
  ]
  const chosen = [
    // Up to two days before and four after have been chosen; a weekend beside them makes up for what falls on it.
    ...[-3, -2, -1, 1, 2, 3, 4, 5, 6, 7].map((days) => ({ date: plusDays(tet, days), name: TET })),
    ...[-2, -1, 1, 2].map((days) => ({ date: plusDays(`${year}-09-02`, days), name: NATIONAL_DAY })),
  ]
  const certain = [...fixed, ...feasts]
  const taken = new Set(certain.map(({ date }) => date))
  const made: { date: IsoDate; name: string }[] = []
  for (const { date, name } of fixed.filter((day) => isWeekend(day.date)).sort((a, b) => (a.date < b.date ? -1 : 1))) {
    let next = plusDays(date, 1)
    while (isWeekend(next) || taken.has(next)) next = plusDays(next, 1)
    taken.add(next)
    made.push({ date: next, name: `Nghỉ bù ${name}` })
  }
  return [
    ...[...certain, ...made].map((day) => ({ ...day, certain: true })),
    ...chosen.filter(({ date }) => !taken.has(date)).map((day) => ({ ...day, certain: false })),
  ].sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** Officials' days off each week (Quyết định 188/1999/QĐ-TTg). */
const isWeekend = (date: IsoDate) => weekdayOf(date) > 5
