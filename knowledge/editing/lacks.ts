import type { Procedure } from "../procedure.ts"

/** What a citizen asks of a procedure first, and what a record is incomplete without. */
export const LACKS = ["dossier", "fee", "time", "place", "steps", "result", "legal_basis"] as const
export type Lack = (typeof LACKS)[number]

const TELLS: Readonly<Record<Lack, (procedure: Procedure) => boolean>> = {
  dossier: ({ dossier }) => dossier.length > 0,
  fee: ({ methods }) => methods.some(({ fees }) => fees.length > 0),
  time: ({ methods }) => methods.some(({ time }) => time !== null),
  place: ({ place }) => place !== "",
  steps: ({ steps }) => steps.length > 0,
  result: ({ results }) => results.length > 0,
  legal_basis: ({ legalBasis }) => legalBasis.length > 0,
}

/** What the record says nothing of, in the order in which citizens ask for it. */
export const lacksOf = (procedure: Procedure): Lack[] => LACKS.filter((lack) => !TELLS[lack](procedure))
