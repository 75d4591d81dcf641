import { fold } from "../vietnamese/fold.ts"

interface AnswerType {
  readonly name: string
  /** Tried on the folded question. */
  readonly asked: RegExp
  /** What a text must hold, folded, to answer such a question. */
  readonly answers: RegExp
}

const NUMBER = String.raw`(?:\d+|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|khong qua)`

/** Questions whose answer has a shape. A text without that shape cannot answer, however many words it shares. */
const TYPES: readonly AnswerType[] = [
  {
    name: "phone",
    asked: /so dien thoai|sdt|hotline|duong day nong|so may ban|so zalo/,
    answers: /\d{3,4}[ .]?\d{3}[ .]?\d{3}|(?<!\d)1[189]00|cong khai so dien thoai|so dien thoai cua/,
  },
  {
    name: "money",
    asked: /bao nhieu tien|phi bao nhieu|le phi bao nhieu|het bao nhieu|ton bao nhieu|gia bao nhieu|muc phi/,
    answers: /\d[\d.,]*\s*(?:dong|vnd|d\b)|mien phi|khong thu phi/,
  },
  { name: "weekday", asked: /thu may|ngay thu may/, answers: /thu (?:hai|ba|tu|nam|sau|bay|\d)|chu nhat/ },
  { name: "points", asked: /may diem|bao nhieu diem|duoc diem|cong diem/, answers: new RegExp(`${NUMBER} diem`) },
  { name: "percent", asked: /bao nhieu (?:phan tram|%)|may phan tram/, answers: /\d+\s*%|phan tram/ },
  {
    name: "number",
    asked: /^(?!.*(?:dien thoai|sdt|hotline|duong day nong|so zalo)).*(?:so bao nhieu|so may(?! ban))/,
    answers: /so:? ?\d+|\d+[/-][a-z]/,
  },
]

/** Names of the shapes that the question asks for and the text lacks. */
export function missingShapes(question: string, text: string): string[] {
  const asked = fold(question)
  const offered = fold(text)
  return TYPES.filter((type) => type.asked.test(asked) && !type.answers.test(offered)).map((type) => type.name)
}
