import type { Notice, NoticeKind } from "../../knowledge/notice.ts"
import type { Draft, Reply } from "../pipeline.ts"
import type { AnswerTexts } from "../texts.ts"

/** What answers from the calendar are made with. */
export interface Telling {
  readonly draft: Draft
  readonly texts: AnswerTexts
}

interface Said {
  readonly lines: readonly string[]
  /** Notices that the answer names; their typed values and the days worked out from them are its figures. */
  readonly from: readonly Notice[]
  readonly figures?: readonly string[]
  readonly partly?: true
}

export const noticesOf = <K extends NoticeKind>({ live }: Draft, kind: K): Extract<Notice, { kind: K }>[] =>
  live.base.notices.filter((notice): notice is Extract<Notice, { kind: K }> => notice.kind === kind)

/** An answer from notices and from days that were counted by them; each notice is named and quoted. */
export function told({ draft, texts }: Telling, { lines, from, figures = [], partly }: Said): Reply {
  const notices = [...new Map(from.map((notice) => [notice.id, notice])).values()]
  const demo = draft.live.base.demoKinds.has("notice")
  const sources = [...new Set(notices.map(({ source, title }) => texts.source({ title: source, section: title, date: null, demo })))]
  return {
    status: partly ? "answered_partial" : "answered",
    text: [...lines, ...sources].join("\n"),
    fields: {},
    citations: notices.map((notice) => ({
      sourceId: `notice:${notice.id}`,
      title: notice.source,
      section: notice.title,
      quote: notice.text,
    })),
    choices: [],
    context: null,
    support: [...notices.map((notice) => JSON.stringify(notice)), ...figures],
  }
}

/** Nothing is published that answers: said in plain words, with the way on. */
export const notTold = (text: string, choices: Reply["choices"]): Reply => ({
  ...{ status: "no_source", text, fields: {}, citations: [], choices },
  ...{ context: null, support: [text] },
})
