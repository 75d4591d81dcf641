import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useNavigate, useSearch } from "@tanstack/react-router"
import type { z } from "zod"
import type { PageQuery } from "../../contract/paging.ts"
import type { Contract } from "../../contract/route.ts"
import { call } from "../api.ts"

type Query = PageQuery & Readonly<Record<string, unknown>>

export interface ServerTable<R> {
  readonly rows: readonly R[]
  readonly total: number
  readonly query: Query
  /** Changes the address; everything but the page starts at the first page again. */
  readonly set: (change: Readonly<Record<string, string | number>>) => void
  readonly loading: boolean
  readonly error: Error | null
  readonly retry: () => void
}

type ListContract<R> = Contract & { readonly response: z.ZodType<{ rows: R[]; total: number }> }

/** One page of a list by its contract, asked for again where `refreshMs` says so; the contract's own query schema reads the address and fills in what it lacks. */
export function useServerTable<R>(contract: ListContract<R>, refreshMs?: (rows: readonly R[]) => number | false): ServerTable<R> {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  // The router reads "12" as a number; the schema wants what the address holds.
  const given = Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)]))
  const parsed = contract.query.safeParse(given)
  // An address that somebody mistyped shows the list as it is at first.
  const query = (parsed.success ? parsed.data : contract.query.parse({})) as unknown as Query
  const list = useQuery({
    queryKey: [contract.path, query],
    queryFn: () => call(contract, { query }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => refreshMs?.(state.data?.rows ?? []) ?? false,
  })
  return {
    rows: list.data?.rows ?? [],
    total: list.data?.total ?? 0,
    query,
    set: (change) => void navigate({ to: ".", search: { ...search, page: 1, ...change }, replace: true }),
    loading: list.isPending,
    error: list.error,
    retry: () => void list.refetch(),
  }
}
