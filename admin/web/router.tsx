import type { QueryClient } from "@tanstack/react-query"
import { createRootRoute, createRoute, createRouter, Outlet, redirect } from "@tanstack/react-router"
import { lazy } from "react"
import { Forbidden, NotFound, PageFault } from "./parts/faults.tsx"
import { Loading } from "./parts/loading.tsx"
import { Shell } from "./parts/shell.tsx"
import { type PageEntry, PAGES } from "./pages.ts"
import { mayOpen, sessionQuery, useMe } from "./session.ts"

export const SIGN_IN = "/dang-nhap"

/** The pages as addresses: public ones bare, all others inside the frame and only for those who are signed in. */
export function createPagesRouter(queryClient: QueryClient) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })
  const inside = createRoute({
    getParentRoute: () => root,
    id: "inside",
    component: Shell,
    beforeLoad: async ({ location }) => {
      const { me } = await queryClient.query({ ...sessionQuery, staleTime: "static" })
      if (me === null) redirect({ to: SIGN_IN, search: location.href === "/" ? {} : { toi: location.href }, throw: true })
    },
  })
  const open = PAGES.filter(({ access }) => access === "public").map((page) =>
    createRoute({ getParentRoute: () => root, path: page.path, component: fetched(page) }),
  )
  const closed = PAGES.filter(({ access }) => access !== "public").map((page) =>
    createRoute({ getParentRoute: () => inside, path: page.path, component: guarded(page) }),
  )
  return createRouter({
    routeTree: root.addChildren([...open, inside.addChildren(closed)]),
    basepath: "/quan-tri",
    defaultErrorComponent: PageFault,
    defaultPendingComponent: Loading,
    defaultNotFoundComponent: NotFound,
    defaultPreload: false,
    scrollRestoration: true,
  })
}

const fetched = ({ load }: PageEntry) => lazy(async () => ({ default: (await load()).Page }))

function guarded(entry: PageEntry) {
  const Page = fetched(entry)
  return function Guarded() {
    return mayOpen(useMe(), entry.access) ? <Page /> : <Forbidden />
  }
}
