import { TYPES } from "./file-type.ts"

const LONGEST = 100

/** A name to show and to save under: no folders, no invisible or turning marks, with the ending of what the file really is. */
export function safeName(name: string | null, mime: string): string {
  const clean = (name ?? "")
    .normalize("NFC")
    .replace(/^.*[/\\]/su, "")
    .replace(/[\p{C}<>:"|?*]/gu, "")
    .replace(/^[\s.]+|[\s.]+$/gu, "")
  const endings: readonly string[] = Object.values(TYPES).find((type) => type.mime === mime)?.endings ?? ["bin"]
  const ending = endings.find((each) => clean.toLowerCase().endsWith(`.${each}`)) ?? null
  const stem = Array.from(ending === null ? clean : clean.slice(0, -ending.length - 1))
    .slice(0, LONGEST)
    .join("")
  return `${stem === "" ? "tep" : stem}.${ending ?? endings[0] ?? "bin"}`
}
