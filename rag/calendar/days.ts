import { type IsoDate, isDate, mondayOf, plusDays, weekdayOf } from "../../knowledge/calendar/dates.ts"
import { solarOf } from "../../knowledge/calendar/lunar.ts"

/** The days that a question names, and what it says besides. */
export interface NamedDays {
  readonly dates: readonly IsoDate[]
  /** Monday of the week that is named without a day ("tuần này"). */
  readonly monday: IsoDate | null
  readonly rest: string
}

type Found = Omit<NamedDays, "rest"> | null
type Match = readonly (string | undefined)[]

interface Pattern {
  readonly written: RegExp
  readonly find: (match: Match, today: IsoDate) => Found
}

const WEEKDAYS = ["hai", "ba", "tu", "nam", "sau", "bay"]

const WEEKDAY = /\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b/

const on = (...dates: IsoDate[]): Found => ({ dates, monday: null })

/** Folded wordings; the first that stands in a question is taken. */
const PATTERNS: readonly Pattern[] = [
  {
    written: /\b(?:ngay |hom )?(\d{1,2}) ?[/-] ?(\d{1,2})(?: ?[/-] ?(20\d\d))?\b/,
    find: ([, day, month, year], today) => dated({ day, month, year }, today),
  },
  {
    written: /\b(?:ngay |hom )?(\d{1,2}) thang (\d{1,2})(?: nam (20\d\d))?\b(?! am)/,
    find: ([, day, month, year], today) => dated({ day, month, year }, today),
  },
  {
    written: /\bmung (\d{1,2}) tet\b/,
    find: ([, day], today) => lunar({ day: Number(day), month: 1 }, today),
  },
  { written: /\bngay gio to(?: hung vuong)?\b/, find: (_, today) => lunar({ day: 10, month: 3 }, today) },
  { written: /\b(?:ngay|sang|chieu|hom) mai\b|\bmai\b/, find: (_, today) => on(plusDays(today, 1)) },
  { written: /\bngay (?:kia|mot)\b/, find: (_, today) => on(plusDays(today, 2)) },
  { written: /\b(?:hom|sang|chieu|trua) nay\b/, find: (_, today) => on(today) },
  {
    written: /\b(?:thu (hai|ba|tu|nam|sau|bay|[2-7])|t([2-7])|chu nhat|cn)\b(?! (?:hang|moi))(?: (tuan (?:nay|sau|toi)|nay|toi))?/,
    find: ([, name, digit, week], today) => weekday(name ?? digit ?? null, week ?? "", today),
  },
  { written: /\bcuoi tuan(?: (?:nay|sau|toi))?\b/, find: ([whole = ""], today) => weekend(whole, today) },
  {
    written: /\btuan (nay|sau|toi)\b/,
    find: ([, which], today) => ({ dates: [], monday: plusDays(mondayOf(today), which === "nay" ? 0 : 7) }),
  },
]

/** Reads the day or the week that a folded question names, counted from today. */
export function readDays(asked: string, today: IsoDate): NamedDays {
  for (const { written, find } of PATTERNS) {
    const match = written.exec(asked)
    const found = match && find(match, today)
    // "thứ bảy ngày 26/12": the date says which Saturday.
    if (found) return { ...found, rest: asked.replace(written, " ").replace(found.monday === null ? WEEKDAY : written, " ") }
  }
  return { dates: [], monday: null, rest: asked }
}

/** Without a year: the next day of that name. */
function dated({ day = "", month = "", year }: Readonly<Record<"day" | "month" | "year", string | undefined>>, today: IsoDate): Found {
  const within = (written: number) => `${written}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
  const date = year ? within(Number(year)) : within(Number(today.slice(0, 4)) + (within(Number(today.slice(0, 4))) < today ? 1 : 0))
  return isDate(date) ? on(date) : null
}

function lunar(day: { readonly day: number; readonly month: number }, today: IsoDate): Found {
  const year = Number(today.slice(0, 4))
  const date = solarOf({ ...day, year })
  return day.day < 1 || day.day > 29 ? null : on(date < today ? solarOf({ ...day, year: year + 1 }) : date)
}

function weekday(name: string | null, week: string, today: IsoDate): Found {
  const number = name === null ? 7 : /\d/.test(name) ? Number(name) - 1 : WEEKDAYS.indexOf(name) + 1
  const inThisWeek = plusDays(mondayOf(today), number - 1)
  if (/^tuan (?:sau|toi)$/.test(week)) return on(plusDays(inThisWeek, 7))
  return on(week === "tuan nay" || number >= weekdayOf(today) ? inThisWeek : plusDays(inThisWeek, 7))
}

function weekend(written: string, today: IsoDate): Found {
  const saturday = plusDays(mondayOf(today), /sau|toi/.test(written) ? 12 : 5)
  return on(saturday, plusDays(saturday, 1))
}
