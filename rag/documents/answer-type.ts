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
    // "Công khai số điện thoại của ai" asks for people.
    asked: /^(?!.*(?:cua|nhung) (?:ai|nguoi nao)).*(?:so dien thoai|sdt|hotline|duong day nong|so may ban|so zalo)/,
    answers: /\d{3,4}[ .]?\d{3}[ .]?\d{3}|(?<!\d)1[189]00/,
  },
  {
    name: "money",
    asked: /bao nhieu tien|phi bao nhieu|le phi bao nhieu|het bao nhieu|ton bao nhieu|gia bao nhieu|muc phi/,
    answers: /\d[\d.,]*\s*(?:dong|vnd|d\b)|mien phi|khong thu phi/,
  },
  { name: "weekday", asked: /thu may|ngay thu may/, answers: /thu (?:hai|ba|tu|nam|sau|bay|\d)|chu nhat/ },
  {
    name: "hours",
    asked: /gio (?:lam viec|mo cua|dong cua|hanh chinh)|may gio (?:mo|dong|lam|nghi)/,
    answers: /\d{1,2} ?(?:gio|h)(?![a-z])|\d{1,2}:\d{2}|tu thu|gio hanh chinh/,
  },
  { name: "points", asked: /may diem|bao nhieu diem|duoc diem|cong diem/, answers: new RegExp(`${NUMBER} diem`) },
  { name: "percent", asked: /bao nhieu (?:phan tram|%)|may phan tram/, answers: /\d+\s*%|phan tram/ },
  {
    name: "number",
    asked: /^(?!.*(?:dien thoai|sdt|hotline|duong day nong|so zalo)).*(?:so bao nhieu|so may(?! ban))/,
    answers: /so:? ?\d+|\d+[/-][a-z]/,
  },
  { name: "date", asked: /ngay (?:may|bao nhieu)(?! lan)/, answers: /\d{1,2}\/\d|ngay \d/ },
  { name: "quantity", asked: /bao nhieu/, answers: /\d|mien phi|khong thu/ },
  {
    name: "person",
    asked: /(?:chu tich|bi thu|giam doc|truong (?:phong|ban|thon|cong an)|nguoi ky)(?: [a-z]+){0,6} (?:la ai|ten (?:la )?(?:gi|chi))|ai ky/,
    answers: /nguoi ky|ho va ten|(?:^|[ (])(?:ong|ba):? [a-z]+ [a-z]+/,
  },
]

/** Shapes that make a line the likelier answer, without which another may still answer. */
const LIKELY: readonly AnswerType[] = [
  {
    name: "often",
    asked: /may lan|bao lau (?:mot|1) lan|bao nhieu lan|may (?:hom|ngay|tuan|thang)|dinh ky/,
    answers: /lan ?\/|\/ ?lan|ngay ?\/ ?tuan|(?:hang|moi) (?:ngay|tuan|thang|quy|nam)|dinh ky/,
  },
  {
    name: "when",
    asked: /khi nao|bao gio|ngay nao|luc nao|thang may|may gio|nam nao|ngay may|han (?:la|cuoi|nop|bao)|tu nam/,
    answers: /\d{1,2}\/\d|ngay \d|thang \d|nam \d{4}|(?:hang|moi) (?:ngay|tuan|thang|quy|nam)|dinh ky|gio \d|\d gio|trong ngay|\bkhi\b/,
  },
  { name: "many", asked: /bao nhieu|(?:^| )may (?!lan|hom)/, answers: new RegExp(`\\d|${NUMBER} `) },
  {
    name: "who",
    asked: /(?:^| )ai(?: |$)|(?:phong|co quan|don vi|nguoi|so|ban) nao/,
    answers: /(?:^|[ ("“])(?:so|phong|chu tich|truong|uy ban|bi thu|giam doc|van phong|cong chuc|ban) /,
  },
  {
    name: "where",
    asked: /o dau|cho nao|noi nao|ve dau/,
    answers: /(?:^| )(?:tai|truoc|tru so|phong|trung tam|gui ve|qua) /,
  },
  { name: "why", asked: /vi sao|tai sao|de lam gi|muc dich/, answers: /nham|(?:^| )(?:de|vi) / },
]

/** Names of the shapes, strict or likely, that the question asks for. */
export function shapesAsked(question: string): string[] {
  const asked = fold(question)
  return [...TYPES, ...LIKELY].filter((type) => type.asked.test(asked)).map((type) => type.name)
}

export function hasShape(text: string, name: string): boolean {
  const type = [...TYPES, ...LIKELY].find((t) => t.name === name)
  return type?.answers.test(fold(text)) ?? false
}

/** "gồm những gì", "trường hợp nào": a list is asked for and is given whole. */
export const wantsList = (question: string): boolean =>
  /nhung (?:gi|ai|truong hop|dieu|viec|noi dung|doi tuong|giay)|gom (?:nhung|cac|gi|may)|(?:truong hop|doi tuong|noi dung|viec|dieu|tieu chi|muc) nao|cac (?:buoc|muc|truong hop)|may (?:muc|buoc|tieu chi|nhom|loai|dieu|noi dung)/.test(
    fold(question),
  )

/** Names of the shapes that the question asks for and the text lacks. */
export function missingShapes(question: string, text: string): string[] {
  const asked = fold(question)
  const offered = fold(text)
  return TYPES.filter((type) => type.asked.test(asked) && !type.answers.test(offered)).map((type) => type.name)
}
