import { useSearch } from "@tanstack/react-router"

/** What the address says after `?name=`; empty when it says nothing. The router reads figures as numbers. */
export function useAddressText(name: string): string {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const value = search[name]
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : ""
}
