import "@mantine/core/styles.css"
import "@mantine/dates/styles.css"
import "@mantine/notifications/styles.css"
import "./page.css"
import "dayjs/locale/vi"
import { MantineProvider } from "@mantine/core"
import { DatesProvider } from "@mantine/dates"
import { Notifications } from "@mantine/notifications"
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { RouterProvider } from "@tanstack/react-router"
import { createRoot } from "react-dom/client"
import { Fault } from "./api.ts"
import { nonce } from "./csp.ts"
import { createPagesRouter } from "./router.tsx"
import { sessionQuery } from "./session.ts"
import { cssVariables, theme } from "./theme.ts"

/** A session that ended leads back to signing in, wherever it was noticed. */
const onError = (error: unknown) => {
  if (!(error instanceof Fault && error.code === "signed_out")) return
  queryClient.setQueryData(sessionQuery.queryKey, (known) => known && { ...known, me: null })
  void router.invalidate()
}

const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    // What was refused will be refused again; only a server that could not be reached is asked once more.
    queries: { retry: (count, error) => error instanceof Fault && error.status === 0 && count < 1, refetchOnWindowFocus: false },
  },
})
const router = createPagesRouter(queryClient)

const root = document.getElementById("root")
if (root)
  createRoot(root).render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <DatesProvider settings={{ locale: "vi", firstDayOfWeek: 1 }}>
        <Notifications position="top-center" />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </DatesProvider>
    </MantineProvider>,
  )
