import { Router } from "express"
import type { Database } from "../prisma/database.ts"
import type { MediaStore } from "../bot/media/store.ts"
import { createApi } from "./api/api.ts"
import type { ApiRoute } from "./api/route.ts"
import { staffOnly } from "./api/staff-only.ts"
import { createMediaRouter } from "./media.ts"
import { createPages } from "./pages.ts"
import { accountRoutes } from "./routes/account.ts"
import { auditRoutes } from "./routes/audit.ts"
import { type DraftDependencies, draftRoutes } from "./routes/drafts.ts"
import { documentRoutes } from "./routes/documents.ts"
import { type ReviewDependencies, reviewRoutes } from "./routes/document-review.ts"
import { goldenRoutes } from "./routes/golden.ts"
import { type PublishingDependencies, publishingRoutes } from "./routes/publishing.ts"
import { releaseRoutes } from "./routes/releases.ts"
import { channelSignInRoutes, type SignInDependencies } from "./routes/channel-sign-ins.ts"
import { channelRoutes, type ChannelsDependencies } from "./routes/channels.ts"
import { linkRoutes } from "./routes/links.ts"
import { type NoticeDependencies, noticeRoutes } from "./routes/notices.ts"
import { overviewRoutes, type OverviewDependencies } from "./routes/overview.ts"
import { type ProcedureChangeDependencies, procedureChangeRoutes } from "./routes/procedure-changes.ts"
import { type ProcedureImportDependencies, procedureImportRoutes } from "./routes/procedure-import.ts"
import { type ProcedureDependencies, procedureRoutes } from "./routes/procedures.ts"
import { questionRoutes } from "./routes/questions.ts"
import { sessionRoutes } from "./routes/session.ts"
import { setupRoutes, type SetupDependencies } from "./routes/setup.ts"
import { staffRoutes } from "./routes/staff.ts"
import { trialRoutes, type TrialDependencies } from "./routes/trial.ts"
import { upkeepRoutes } from "./routes/upkeep.ts"
import { unsentRoutes, type UnsentDependencies } from "./routes/unsent.ts"
import { findActor } from "./staff/sessions.ts"

export interface AreaDependencies
  extends
    OverviewDependencies,
    SetupDependencies,
    ReviewDependencies,
    DraftDependencies,
    PublishingDependencies,
    ProcedureDependencies,
    TrialDependencies,
    ProcedureChangeDependencies,
    ProcedureImportDependencies,
    ChannelsDependencies,
    SignInDependencies,
    NoticeDependencies,
    UnsentDependencies {
  readonly db: Database
  readonly now: () => Date
  readonly newId: () => string
  /** Seals what must be readable again: the secrets of second steps. */
  readonly encryptionKey: string
  /** Where citizens' photos and files lie. */
  readonly media: MediaStore
  /** Built pages. */
  readonly pageFolder: string
  readonly report: (error: unknown) => void
}

/** Every route of the staff's API: a new page adds its line here. */
export const staffApiRoutes = (dependencies: AreaDependencies): ApiRoute[] => [
  ...sessionRoutes(dependencies),
  ...setupRoutes(dependencies),
  ...linkRoutes(dependencies),
  ...accountRoutes(dependencies),
  ...overviewRoutes(dependencies),
  ...documentRoutes(dependencies),
  ...reviewRoutes(dependencies),
  ...draftRoutes(dependencies),
  ...goldenRoutes(dependencies),
  ...publishingRoutes(dependencies),
  ...releaseRoutes(dependencies),
  ...procedureRoutes(dependencies),
  ...trialRoutes(dependencies),
  ...procedureChangeRoutes(dependencies),
  ...procedureImportRoutes(dependencies),
  ...questionRoutes(dependencies),
  ...noticeRoutes(dependencies),
  ...upkeepRoutes(dependencies),
  ...channelRoutes(dependencies),
  ...channelSignInRoutes(dependencies),
  ...unsentRoutes(dependencies),
  ...staffRoutes(dependencies),
  ...auditRoutes(dependencies),
]

/** The staff area: its API with the description of it, and its pages. Mount it at the root of the site. */
export function createArea(dependencies: AreaDependencies): Router {
  const { db, now, report, pageFolder } = dependencies
  const routes = staffApiRoutes(dependencies)
  const router = Router()
  router.get("/api/openapi.json", async (_request, response) => {
    // Loaded when somebody asks: the server does not need it.
    const { describeApi } = await import("./api/openapi.ts")
    response.json(describeApi(routes.map(({ contract }) => contract)))
  })
  router.use(createMediaRouter({ db, store: dependencies.media, mayRead: staffOnly("chats.read", { db, now }) }))
  router.use(createApi({ routes, db, now, report, findActor: (token) => findActor(db, token, now()) }))
  router.use(createPages(pageFolder))
  return router
}
