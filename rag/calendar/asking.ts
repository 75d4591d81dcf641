import { type IsoDate, mondayOf, plusDays } from "../../knowledge/calendar/dates.ts"
import { fold } from "../vietnamese/fold.ts"
import { readDays } from "./days.ts"

/** What a citizen asks of the commune's calendar. `monday`: of the week that was named; null: none was. */
export type CalendarQuestion =
  | { readonly kind: "open"; readonly dates: readonly IsoDate[] }
  | { readonly kind: "holidays"; readonly year: number; readonly name: RegExp | null }
  | { readonly kind: "same_day"; readonly monday: IsoDate | null }
  | { readonly kind: "reception"; readonly monday: IsoDate | null; readonly chairman: boolean }
  | { readonly kind: "schedule"; readonly monday: IsoDate; readonly date: IsoDate | null }

const words = (text: string) => new Set(text.split(" "))

/** Words that say nothing about what is asked. */
const FILLING = words(
  "a ad ah ai alo anh ba bac ban ben biet bo buoi cac cai can cau chau chi chieu cho co con cua cung da dang dau de den deu di dan dc duoc em gi giup gio ha hay ho hoi hom hong k khi khong ko la lam luc ma may minh moi mot muon nao nay ngay nguoi nha nhan nhe nhi nho no noi nua oi ong o phai phan phong phuong ra roi sang sau se so ta tai tam thay the thi thu tiep toi tru trua trung truc trong tu tuan va van vao vay ve vi voi xa xin xem uy ubnd hanh chinh cong phuc vu cua bao nhieu lau hang mo dong",
)

interface Kind {
  readonly kind: CalendarQuestion["kind"]
  /** What the folded question must hold, all of it. */
  readonly holds: readonly RegExp[]
  /** Words of the matter. A question with any other word is about something else and is left to the search. */
  readonly words: ReadonlySet<string>
}

const OPEN = /\b(?:lam viec|di lam|mo cua|dong cua|nghi|truc|hoat dong|tiep nhan|nhan ho so|lam khong|co lam|nop ho so|tra ket qua)\b/
const FEAST = /\b(?:tet|le|quoc khanh|gio to|giai phong|quoc te lao dong)\b/
const WHEN = /\b(?:hom nao|thu may|ngay nao|khi nao|bao gio|lich|ngay may|tuan (?:nay|sau|toi)|luc nao)\b/

/** Kinds that a day must be named for, or must not be: "mùng 3 tết" asks of that day, "tết" of the holiday. */
const DAY_NAMED: Readonly<Partial<Record<CalendarQuestion["kind"], boolean>>> = { open: true, holidays: false }

/** In this order: the first that a question fits. */
const KINDS: readonly Kind[] = [
  {
    kind: "schedule",
    holds: [
      /\blich cong tac\b|\b(?:chu tich|lanh dao)\b.*\b(?:lam gi|di dau|lich lam viec|ban gi)\b|\btuan (?:nay|sau|toi) (?:uy ban|xa|phuong).*\blam gi\b/,
    ],
    words: words("lich cong tac lam viec chu tich pho lanh dao nhan dan"),
  },
  {
    kind: "same_day",
    holds: [/\btrong ngay\b/, /\b(?:tra|lay|nhan|giai quyet)\b/, WHEN],
    words: words("ngay tra lay ket qua trong giai quyet nhanh lich thu tuc ho so nhan dan"),
  },
  {
    kind: "reception",
    holds: [/\btiep (?:cong )?dan\b|\bgap (?:chu tich|lanh dao)\b/],
    words: words("lich tiep cong dan gap chu tich pho lanh dao nhan thang dinh ky"),
  },
  {
    kind: "holidays",
    holds: [FEAST, OPEN],
    words: words(
      "lich nghi le tet nguyen dan am duong tay ta quoc khanh gio to hung vuong giai phong te lao dong nam lam viec het bu ket thuc nhan dan",
    ),
  },
  {
    kind: "open",
    holds: [OPEN],
    words: words("lam viec nghi nop ho so tra ket qua hoat dong nhan dan le cuoi"),
  },
]

const FEASTS: readonly (readonly [asked: RegExp, named: RegExp])[] = [
  [/tet (?:duong|tay)/, /duong lich/],
  [/\btet\b/, /tet (?!duong)|nguyen dan|am lich/],
  [/quoc khanh/, /quoc khanh/],
  [/gio to/, /gio to/],
  [/giai phong|quoc te lao dong/, /chien thang|giai phong|lao dong/],
]

/** What the question asks of the calendar; null when it asks of anything else as well, or of nothing in it. */
export function calendarQuestion(
  text: string,
  { today, names }: { readonly today: IsoDate; readonly names: string },
): CalendarQuestion | null {
  const asked = withoutName(fold(text), fold(names))
  const days = readDays(asked, today)
  const left = days.rest.split(/[^a-z0-9]+/).filter((word) => word !== "")
  const named = days.dates.length > 0
  const fits = KINDS.find((kind) => {
    const sayable = (word: string) => kind.words.has(word) || FILLING.has(word)
    return kind.holds.every((needed) => needed.test(asked)) && left.every(sayable) && (DAY_NAMED[kind.kind] ?? named) === named
  })
  if (!fits) return null
  const { monday, dates } = days
  const questions: Readonly<Record<CalendarQuestion["kind"], () => CalendarQuestion>> = {
    open: () => ({ kind: "open", dates }),
    holidays: () => holidaysAsked(asked, today),
    same_day: () => ({ kind: "same_day", monday }),
    reception: () => ({ kind: "reception", monday, chairman: asked.includes("chu tich") }),
    schedule: () => ({ kind: "schedule", monday: monday ?? mondayOf(dates[0] ?? today), date: dates[0] ?? null }),
  }
  return questions[fits.kind]()
}

/** "xã An Hưng" or "An Hưng": the commune itself. Its name's words by themselves are other words ("công an"). */
const withoutName = (asked: string, name: string) =>
  [name, name.replace(/^(?:xa|phuong|dac khu) /, "")]
    .filter((part) => part !== "")
    .reduce((text, part) => text.replaceAll(part, "xa"), asked)

/** Late in the year "tết" is the coming one. */
function holidaysAsked(asked: string, today: IsoDate): CalendarQuestion {
  const written = /\b(20\d\d)\b/.exec(asked)?.[1]
  const name = FEASTS.find(([pattern]) => pattern.test(asked))?.[1] ?? null
  const soon = plusDays(today, /\btet\b/.test(asked) ? COMING : 0)
  const year = Number(written ?? soon.slice(0, 4)) + (/\bnam sau\b/.test(asked) ? 1 : 0)
  return { kind: "holidays", year, name }
}

/** From the end of September on people speak of the next Tết. */
const COMING = 100
