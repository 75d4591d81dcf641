/** The wordings that one with alternatives stands for: "{bố|mẹ} mất" is "bố mất" and "mẹ mất". */
export function eachOf(wording: string): string[] {
  const choice = /\{([^{}]+)\}/u.exec(wording)
  return choice?.[1] ? choice[1].split("|").flatMap((word) => eachOf(wording.replace(choice[0], word))) : [wording]
}
