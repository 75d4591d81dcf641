import { DateInput, type DateInputProps } from "@mantine/dates"
import { isDate } from "../../contract/notices.ts"

/** A day as people here type it, the day first; left alone, the component reads the month first and stores another day. */
function dayTyped(typed: string): string | null {
  const [, day = "", month = "", year = ""] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed.trim()) ?? []
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
  return isDate(date) ? date : null
}

/** The field for one day (ISO 8601, null for none) of every form. A browser's own field may show the month first, as its language has it. */
export const DayInput = (props: DateInputProps) => (
  <DateInput valueFormat="DD/MM/YYYY" placeholder="ngày/tháng/năm" dateParser={dayTyped} {...props} />
)
