/** A day without a time, as the commune's calendar has it (ISO 8601): "2026-02-17". */
export type IsoDate = string

const DAY_MS = 86_400_000

const utc = (date: IsoDate) => Date.parse(`${date}T00:00:00Z`)

/** The day that is `days` later; earlier when negative. */
export const plusDays = (date: IsoDate, days: number): IsoDate => new Date(utc(date) + days * DAY_MS).toISOString().slice(0, 10)

/** 1 = thứ Hai … 7 = Chủ nhật (ISO 8601). */
export const weekdayOf = (date: IsoDate): number => new Date(utc(date)).getUTCDay() || 7

/** The Monday of the week that the day is in. */
export const mondayOf = (date: IsoDate): IsoDate => plusDays(date, 1 - weekdayOf(date))

export const yearOf = (date: IsoDate): number => Number(date.slice(0, 4))

/** True for a day that there is: "2026-02-30" is none. */
export const isDate = (date: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(utc(date)) && plusDays(date, 0) === date
