import type { MethodChannel } from "../knowledge/procedure.ts"
import type { AnswerStatus } from "./answer-status.ts"
import type { CalendarTexts } from "./calendar/texts.ts"
import type { Route } from "./screen/routes.ts"
import type { Field } from "./types.ts"

/** How to reach a person: what every refusal ends with. */
export interface WayOn {
  readonly commune: string
  readonly hotline: string | null
  readonly hours: string | null
  readonly reception: string | null
}

/** Statuses that are a reply of their own, without a record or passage to quote. */
export type RefusalStatus = Extract<
  AnswerStatus,
  | "no_source"
  | "low_confidence"
  | "out_of_scope"
  | "expired_source"
  | "failed_verification"
  | "error_timeout"
  | "error_model"
  | "error_unexpected"
>

/**
 * The words of answers. Declared here because composing needs them, written in bot/texts with every other word that a
 * citizen sees, joined in app.ts.
 */
export interface AnswerTexts {
  readonly fieldLabel: Readonly<Record<Field, string>>
  readonly channel: Readonly<Record<MethodChannel, string>>
  /** Opens an answer on a procedure. */
  procedureTitle(p: { name: string; code: string }): string
  field(p: { label: string; text: string }): string
  list(p: { label: string; items: readonly string[] }): string
  readonly moreItems: string
  copies(p: { originals: number; copies: number }): string | null
  note(text: string): string
  authority(name: string): string
  exemption(text: string): string
  onlineYes(channels: readonly string[]): string
  onlineNo: string
  timeToConfirm: string
  feeToConfirm: string
  /** Opens an answer to several questions of one message. */
  readonly several: string
  /** Announces the record's sentences that rule what was asked whether. */
  readonly telling: string
  /** The record has no sentence on the circumstance that was named. */
  readonly notTold: string
  missing(fields: readonly string[]): string
  source(p: { title: string; section: string | null; date: string | null; demo: boolean }): string
  documentOf(p: { title: string; place: string | null }): string
  unverified: string
  /** Opens what a choice of a question back says on what was asked for, … */
  ofChoice(name: string): string
  /** … or what all of them say. */
  readonly anyChoice: string
  clarify(p: { question: string | null; repeated: boolean }): string
  whichProcedure: string
  choiceOther: string
  moreChoice: Readonly<Record<Field, string>>
  refusal(p: { status: RefusalStatus; question: string; nearest: readonly string[]; way: WayOn }): string
  otherPlace(p: { place: string; way: WayOn }): string
  route(p: { route: Route; way: WayOn }): string
  masked: string
  /** The commune is looking over what it published of this procedure. */
  suspended(p: { name: string; way: WayOn }): string
  readonly calendar: CalendarTexts
  expired(p: { name: string; ended: string | null; way: WayOn }): string
  /** Opens what an old record says: not current, to be asked again. */
  readonly forReference: string
}
