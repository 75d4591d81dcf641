import type { IsoDate } from "./dates.ts"

/**
 * The Vietnamese lunar calendar (UTC+7) after Hồ Ngọc Đức, "Thuật toán tính âm lịch"
 * (https://www.informatik.uni-leipzig.de/~duc/amlich/calrules.html); the series for moon and sun are those of
 * Jean Meeus, "Astronomical Algorithms" (1998). The Chinese calendar of `Intl` follows Beijing's time and has other days in some years.
 */
const HOURS_EAST = 7
const SYNODIC_MONTH = 29.530588853
/** Julian day of the new moon that months are counted from (1/1/1900). */
const FIRST_NEW_MOON = 2415021.076998695
const RADIANS = Math.PI / 180
/** Julian day number of 1/1/1970. */
const UNIX_EPOCH = 2440588

const toJulianDay = (year: number, month: number, day: number) => UNIX_EPOCH + Date.UTC(year, month - 1, day) / 86_400_000
const toIso = (julianDay: number): IsoDate => new Date((julianDay - UNIX_EPOCH) * 86_400_000).toISOString().slice(0, 10)

/** Moment of the k-th new moon after 1/1/1900, as a Julian day in universal time. */
function newMoon(k: number): number {
  const t = k / 1236.85
  const [t2, t3] = [t * t, t * t * t]
  const mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3
  const middle = mean + 0.00033 * Math.sin((166.56 + 132.87 * t - 0.009173 * t2) * RADIANS)
  const sun = (359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3) * RADIANS
  const moon = (306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3) * RADIANS
  const latitude = (21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3) * RADIANS
  const shift =
    (0.1734 - 0.000393 * t) * Math.sin(sun) +
    0.0021 * Math.sin(2 * sun) -
    0.4068 * Math.sin(moon) +
    0.0161 * Math.sin(2 * moon) -
    0.0004 * Math.sin(3 * moon) +
    0.0104 * Math.sin(2 * latitude) -
    0.0051 * Math.sin(sun + moon) -
    0.0074 * Math.sin(sun - moon) +
    0.0004 * Math.sin(2 * latitude + sun) -
    0.0004 * Math.sin(2 * latitude - sun) -
    0.0006 * Math.sin(2 * latitude + moon) +
    0.001 * Math.sin(2 * latitude - moon) +
    0.0005 * Math.sin(2 * moon + sun)
  return middle + shift - clockError(t)
}

/** Difference between even and universal time, in days. */
const clockError = (t: number): number =>
  t < -11
    ? 0.001 + 0.000839 * t + 0.0002261 * t ** 2 - 0.00000845 * t ** 3 - 0.000000081 * t ** 4
    : -0.000278 + 0.000265 * t + 0.000262 * t ** 2

/** The day in Vietnam on which the k-th month begins. */
const monthStart = (k: number): number => Math.floor(newMoon(k) + 0.5 + HOURS_EAST / 24)

/** Which twelfth of its way the sun is in as this day begins in Vietnam (0 to 11; 9 begins at the winter solstice). */
function sunTwelfth(day: number): number {
  const t = (day - 2451545.5 - HOURS_EAST / 24) / 36525
  const anomaly = 357.5291 + 35999.0503 * t - 0.0001559 * t ** 2 - 0.00000048 * t ** 3
  const mean = 280.46645 + 36000.76983 * t + 0.0003032 * t ** 2
  const correction =
    (1.9146 - 0.004817 * t - 0.000014 * t ** 2) * Math.sin(RADIANS * anomaly) +
    (0.019993 - 0.000101 * t) * Math.sin(RADIANS * 2 * anomaly) +
    0.00029 * Math.sin(RADIANS * 3 * anomaly)
  const longitude = (((mean + correction) % 360) + 360) % 360
  return Math.floor(longitude / 30)
}

/** First day of the eleventh month, the one with the winter solstice. */
function eleventhMonth(year: number): number {
  const k = Math.floor((toJulianDay(year, 12, 31) - Math.floor(FIRST_NEW_MOON)) / SYNODIC_MONTH)
  const start = monthStart(k)
  return sunTwelfth(start) >= 9 ? monthStart(k - 1) : start
}

/** Which month after the eleventh is doubled: the first in which the sun enters no new twelfth. */
function leapOffset(eleventh: number): number {
  const k = Math.floor(0.5 + (eleventh - FIRST_NEW_MOON) / SYNODIC_MONTH)
  let offset = 1
  while (offset < 14 && sunTwelfth(monthStart(k + offset)) !== sunTwelfth(monthStart(k + offset + 1))) offset += 1
  return offset
}

/** The day of an ordinary (not doubled) month of a lunar year, 1900 to 2100: `solarOf({ day: 1, month: 1, year: 2026 })` is Tết. */
export function solarOf({ day, month, year }: { readonly day: number; readonly month: number; readonly year: number }): IsoDate {
  const before = eleventhMonth(month < 11 ? year - 1 : year)
  const after = eleventhMonth(month < 11 ? year : year + 1)
  const plain = month < 11 ? month + 1 : month - 11
  const doubled = after - before > 365 && plain >= leapOffset(before)
  const k = Math.floor(0.5 + (before - FIRST_NEW_MOON) / SYNODIC_MONTH)
  return toIso(monthStart(k + plain + (doubled ? 1 : 0)) + day - 1)
}
