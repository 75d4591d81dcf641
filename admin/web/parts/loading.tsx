import { Center, Loader } from "@mantine/core"
import { shellTexts } from "../texts.ts"

/** While something is fetched. */
export function Loading() {
  return (
    <Center p="xl" role="status" aria-label={shellTexts.loading}>
      <Loader />
    </Center>
  )
}
