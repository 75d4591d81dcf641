import type { PageQuery } from "../contract/paging.ts"

/** The part of a query that picks one page: for Prisma's findMany. `sort` was checked against the contract's list. */
export function pageOfQuery({ page, size, sort }: PageQuery) {
  const column = sort.replace(/^-/, "")
  const orderBy: Record<string, "asc" | "desc"> = { [column]: sort.startsWith("-") ? "desc" : "asc" }
  return { skip: (page - 1) * size, take: size, orderBy }
}
