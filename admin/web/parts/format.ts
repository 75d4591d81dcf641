const long = new Intl.DateTimeFormat("vi-VN", { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" })

/** A moment as staff read it: 21:05 02/03/26, in Vietnam's time. */
export const moment = (iso: string): string => long.format(new Date(iso))
