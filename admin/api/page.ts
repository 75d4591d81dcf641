import type { PageQuery } from "../contract/paging.ts"

type Order = Record<string, "asc" | "desc">

/** The order of a query, for Prisma. `sort` was checked against the contract's list; what is equal goes by `key`, or pages would overlap. */
export function orderOf({ sort }: Pick<PageQuery, "sort">, key = "id"): Order[] {
  const column = sort.replace(/^-/, "")
  const direction = sort.startsWith("-") ? "desc" : "asc"
  return column === key ? [{ [column]: direction }] : [{ [column]: direction }, { [key]: direction }]
}

/** The part of a query that picks one page: for Prisma's findMany. */
export function pageOfQuery({ page, size, sort }: PageQuery, key = "id") {
  return { skip: (page - 1) * size, take: size, orderBy: orderOf({ sort }, key) }
}
