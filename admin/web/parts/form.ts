import { type FormErrors, useForm, type UseFormReturnType } from "@mantine/form"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import type { SyntheticEvent } from "react"
import type { z } from "zod"
import type { Contract } from "../../contract/route.ts"
import { call, Fault, type Input } from "../api.ts"

/** What a schema finds wrong with values, by the path of the field: its first word on each. */
export function errorsOf(schema: z.ZodType, values: unknown): FormErrors {
  const parsed = schema.safeParse(values)
  if (parsed.success) return {}
  return Object.fromEntries(parsed.error.issues.toReversed().map(({ path, message }) => [path.join("."), message]))
}

interface Options<C extends Contract, V> {
  readonly initial: V
  readonly params?: Input<C>["params"]
  /** What the contract asks for besides what is typed (a link's token). */
  readonly besides?: Record<string, unknown>
  readonly onDone: (reply: z.output<C["response"]>) => unknown
}

export interface ContractForm<V extends object> {
  readonly form: UseFormReturnType<V>
  readonly submit: (event?: SyntheticEvent<HTMLFormElement>) => void
  readonly pending: boolean
  /** What went wrong apart from single fields. */
  readonly fault: Error | null
}

/** A form that is checked by its contract's schema before it is sent, and shows at the fields what the server finds. */
export function useContractForm<C extends Contract, V extends object>(contract: C, options: Options<C, V>): ContractForm<V> {
  const { initial, params, besides, onDone } = options
  const queryClient = useQueryClient()
  const form = useForm<V>({ initialValues: initial, validate: (values) => errorsOf(contract.body, { ...besides, ...values }) })
  const sending = useMutation({
    mutationFn: (values: V) =>
      call(contract, { body: { ...besides, ...values } as z.input<C["body"]>, ...(params === undefined ? {} : { params }) }),
    onSuccess: async (reply) => {
      await onDone(reply)
      await queryClient.invalidateQueries()
    },
    onError: (error) => {
      if (error instanceof Fault) form.setErrors({ ...error.fields })
    },
  })
  const { error } = sending
  const atFields = error instanceof Fault && Object.keys(error.fields).some((name) => (name.split(".")[0] ?? "") in initial)
  return { form, submit: form.onSubmit((values) => sending.mutate(values)), pending: sending.isPending, fault: atFields ? null : error }
}
