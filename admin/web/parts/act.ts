import { notifications } from "@mantine/notifications"
import { useMutation, type UseMutationResult, useQueryClient } from "@tanstack/react-query"
import type { z } from "zod"
import type { Contract } from "../../contract/route.ts"
import { call, type Input } from "../api.ts"

/** A change made by a button: calls the contract, says that it is done, and shows every list anew. */
export function useAct<C extends Contract>(contract: C, done?: string): UseMutationResult<z.output<C["response"]>, Error, Input<C>> {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: Input<C>) => call(contract, input),
    onSuccess: async () => {
      if (done) notifications.show({ message: done })
      await queryClient.invalidateQueries()
    },
  })
}
