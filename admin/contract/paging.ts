import { z } from "zod"

const MAX_PAGE = 100_000

/** The query of a list: page, size, sort order (`name`, or `-name` for the other way round), search text. */
export function pageQuery(sorts: readonly string[], first: string) {
  const orders = sorts.flatMap((sort) => [sort, `-${sort}`])
  return z.object({
    page: z.coerce.number("Số trang chưa đúng").int("Số trang chưa đúng").min(1, "Số trang chưa đúng").max(MAX_PAGE).default(1),
    size: z.coerce
      .number("Số dòng chưa đúng")
      .int("Số dòng chưa đúng")
      .min(5, "Ít nhất 5 dòng")
      .max(100, "Nhiều nhất 100 dòng")
      .default(20),
    sort: z.enum(orders, "Không sắp xếp được theo cột này").default(first),
    q: z.string().trim().max(100, "Từ tìm kiếm quá dài").default(""),
  })
}

/** One page of a list and how many rows there are in all. */
export const pageOf = <R extends z.ZodType>(row: R) => z.object({ rows: z.array(row), total: z.int() })

/** What the server needs for one page of a sorted query. */
export interface PageQuery {
  readonly page: number
  readonly size: number
  readonly sort: string
  readonly q: string
}
