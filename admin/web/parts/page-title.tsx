import { Title } from "@mantine/core"
import { useEffect, useRef } from "react"
import { shellTexts } from "../texts.ts"

/** A page's heading; takes the focus when the page opens, so that a screen reader says where one is. */
export function PageTitle({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${children} – ${shellTexts.product}`
    heading.current?.focus({ preventScroll: true })
  }, [children])
  return (
    <Title order={1} size="h2" ref={heading} tabIndex={-1}>
      {children}
    </Title>
  )
}
