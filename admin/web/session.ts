import { queryOptions, useQuery } from "@tanstack/react-query"
import { allows, type Access } from "../permissions.ts"
import { type Me, readSession } from "../contract/session.ts"
import { call } from "./api.ts"

/** Who is signed in; asked once and again after signing in or out. */
export const sessionQuery = queryOptions({ queryKey: ["session"], queryFn: () => call(readSession), staleTime: Infinity })

/** The person who is signed in; null on pages that need nobody. */
export const useMe = (): Me | null => useQuery(sessionQuery).data?.me ?? null

/** What the server decides again for each call; here it only hides what would be refused. */
export function mayOpen(me: Me | null, access: Access): boolean {
  if (access === "public") return true
  return me !== null && (access === "signed_in" || allows(me.roles, access))
}
