import type { IsoDate } from "../../knowledge/calendar/dates.ts"
import type { WayOn } from "../texts.ts"

/** The words of answers from the calendar; written in bot/texts with every other word that a citizen sees. */
export interface CalendarTexts {
  readonly day: (date: IsoDate) => string
  open(p: { date: IsoDate; place: string; hours: readonly string[]; madeUp: string | null }): string
  closed(p: { date: IsoDate; place: string; holiday: string | null }): string
  noHours(way: WayOn): string
  nextOpen(p: { date: IsoDate; hours: readonly string[] }): string
  undecided(p: { date: IsoDate; holiday: string; way: WayOn }): string
  byLaw(law: string): string
  daysOff(p: { name: string; dates: readonly IsoDate[] }): string
  readonly madeUp: (p: { date: IsoDate; name: string }) => string
  noList(p: { year: number; way: WayOn }): string
  certainByLaw(law: string): string
  sameDay(p: { date: IsoDate; cutOff: string }): string
  sameDayClash(p: { date: IsoDate; holiday: string | null; rule: string; moved: IsoDate | null }): string
  sameDayPast(date: IsoDate): string
  sameDayProcedures(names: readonly string[]): string
  noSameDay(way: WayOn): string
  reception(date: IsoDate): string
  receptionClash(p: { date: IsoDate; holiday: string | null }): string
  entries(p: { date: IsoDate; entries: readonly string[] }): string
  readonly entry: (p: { from: string | null; what: string; place: string }) => string
  noEntries(date: IsoDate): string
  noSchedule(p: { from: IsoDate; to: IsoDate; way: WayOn }): string
}
