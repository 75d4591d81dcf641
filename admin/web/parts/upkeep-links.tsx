import { Anchor, Group } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { listUpkeep } from "../../contract/upkeep.ts"
import { call } from "../api.ts"
import { shellTexts } from "../texts.ts"

const FEWEST = 5

/** From a list to those of its records that want to be looked at, with how many they are; `all` names the way to what is told. */
export function UpkeepLinks({ kind, all }: { kind: "procedure" | "document" | "notice"; all?: string }) {
  const due = useQuery({ queryKey: [listUpkeep.path, "count", kind], queryFn: () => call(listUpkeep, { query: { kind, size: FEWEST } }) })
  const count = due.data?.total ?? 0
  if (count === 0 && all === undefined) return null
  return (
    <Group gap="md">
      {all !== undefined && (
        <Anchor component={Link} to="/ra-soat" search={{ kind, show: "all", sort: "name" } as never}>
          {all}
        </Anchor>
      )}
      {count > 0 && (
        <Anchor component={Link} to="/ra-soat" search={{ kind } as never}>
          {shellTexts.upkeep(count)}
        </Anchor>
      )}
    </Group>
  )
}
