/** One promise of the product beside what this machine measured. */
export interface Row {
  readonly what: string
  readonly budget: string
  readonly figure: string
  readonly met: boolean
}

const shown = (value: number, unit: string) => `${value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`

export const atMost = (what: string, value: number, { limit, unit }: { limit: number; unit: string }): Row => ({
  what,
  budget: `≤ ${limit} ${unit}`,
  figure: shown(value, unit),
  met: value <= limit,
})

export const atLeast = (what: string, value: number, { limit, unit }: { limit: number; unit: string }): Row => ({
  what,
  budget: `≥ ${limit} ${unit}`,
  figure: shown(value, unit),
  met: value >= limit,
})

export const lineOf = ({ what, budget, figure, met }: Row): string => `${met ? "đạt     " : "CHƯA ĐẠT"}  ${what}: ${figure} (mức ${budget})`
