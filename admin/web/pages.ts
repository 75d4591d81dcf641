import type { ComponentType } from "react"
import type { Access } from "../permissions.ts"
import { accountTexts } from "./pages/account/texts.ts"
import { auditTexts } from "./pages/audit/texts.ts"
import { channelTexts } from "./pages/channels/texts.ts"
import { recordTexts } from "./pages/documents/record-texts.ts"
import { documentTexts } from "./pages/documents/texts.ts"
import { linkTexts } from "./pages/link/texts.ts"
import { noticeTexts } from "./pages/notices/texts.ts"
import { overviewTexts } from "./pages/overview/texts.ts"
import { editorTexts } from "./pages/procedures/editor-texts.ts"
import { importTexts } from "./pages/procedures/import-texts.ts"
import { procedureTexts } from "./pages/procedures/texts.ts"
import { publishingTexts } from "./pages/publishing/texts.ts"
import { questionTexts } from "./pages/questions/texts.ts"
import { signInTexts } from "./pages/sign-in/texts.ts"
import { staffTexts } from "./pages/staff/texts.ts"
import { trialTexts } from "./pages/trial/texts.ts"
import { upkeepTexts } from "./pages/upkeep/texts.ts"
import { wizardTexts } from "./pages/wizard/texts.ts"

export interface PageEntry {
  /** Below `/quan-tri`. */
  readonly path: string
  readonly title: string
  readonly access: Access
  /** Stands in the menu, for those who may open it. */
  readonly inMenu: boolean
  /** The page's own chunk, fetched when it is opened. */
  readonly load: () => Promise<{ Page: ComponentType }>
}

/** Every page of the staff area, in the order of the menu: a new page adds its line here. */
export const PAGES: readonly PageEntry[] = [
  { path: "/", title: overviewTexts.title, access: "overview.read", inMenu: true, load: () => import("./pages/overview/page.tsx") },
  {
    ...{ path: "/thu-tuc", title: procedureTexts.title, access: "knowledge.read", inMenu: true },
    load: () => import("./pages/procedures/page.tsx"),
  },
  {
    ...{ path: "/thu-tuc/nhap", title: importTexts.title, access: "knowledge.read", inMenu: false },
    load: () => import("./pages/procedures/import-page.tsx"),
  },
  {
    ...{ path: "/thu-tuc/$code", title: editorTexts.title, access: "knowledge.read", inMenu: false },
    load: () => import("./pages/procedures/procedure-page.tsx"),
  },
  {
    ...{ path: "/thong-bao", title: noticeTexts.title, access: "knowledge.read", inMenu: true },
    load: () => import("./pages/notices/page.tsx"),
  },
  {
    ...{ path: "/thong-bao/$kind/$key", title: noticeTexts.editTitle, access: "knowledge.read", inMenu: false },
    load: () => import("./pages/notices/editor.tsx"),
  },
  {
    ...{ path: "/van-ban", title: documentTexts.title, access: "knowledge.read", inMenu: true },
    load: () => import("./pages/documents/page.tsx"),
  },
  {
    ...{ path: "/van-ban/$id", title: documentTexts.reviewTitle, access: "knowledge.read", inMenu: false },
    load: () => import("./pages/documents/review-page.tsx"),
  },
  {
    ...{ path: "/van-ban/dang-dung/$key", title: recordTexts.title, access: "knowledge.read", inMenu: false },
    load: () => import("./pages/documents/record-page.tsx"),
  },
  { path: "/ra-soat", title: upkeepTexts.title, access: "knowledge.read", inMenu: true, load: () => import("./pages/upkeep/page.tsx") },
  {
    path: "/cau-hoi",
    title: questionTexts.title,
    access: "knowledge.read",
    inMenu: true,
    load: () => import("./pages/questions/page.tsx"),
  },
  { path: "/thu-hoi", title: trialTexts.title, access: "knowledge.read", inMenu: true, load: () => import("./pages/trial/page.tsx") },
  {
    ...{ path: "/cong-bo", title: publishingTexts.title, access: "knowledge.read", inMenu: true },
    load: () => import("./pages/publishing/page.tsx"),
  },
  { path: "/kenh", title: channelTexts.title, access: "channels.manage", inMenu: true, load: () => import("./pages/channels/page.tsx") },
  { path: "/can-bo", title: staffTexts.title, access: "staff.manage", inMenu: true, load: () => import("./pages/staff/page.tsx") },
  { path: "/nhat-ky", title: auditTexts.title, access: "audit.read", inMenu: true, load: () => import("./pages/audit/page.tsx") },
  { path: "/tai-khoan", title: accountTexts.title, access: "signed_in", inMenu: true, load: () => import("./pages/account/page.tsx") },
  { path: "/dang-nhap", title: signInTexts.title, access: "public", inMenu: false, load: () => import("./pages/sign-in/page.tsx") },
  { path: "/thiet-lap", title: wizardTexts.title, access: "public", inMenu: false, load: () => import("./pages/wizard/page.tsx") },
  { path: "/lien-ket", title: linkTexts.title, access: "public", inMenu: false, load: () => import("./pages/link/page.tsx") },
]
