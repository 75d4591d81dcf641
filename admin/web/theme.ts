import { createTheme, type CSSVariablesResolver } from "@mantine/core"
import { shellTexts } from "./texts.ts"

/** Darker shades than the library's own: its blue and grey do not reach the contrast of WCAG AA. */
export const theme = createTheme({
  primaryColor: "blue",
  primaryShade: { light: 9, dark: 8 },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Notification: { defaultProps: { closeButtonProps: { "aria-label": shellTexts.close } } },
    PasswordInput: { defaultProps: { autoComplete: "off" } },
  },
})

export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": colors.gray[7],
    "--mantine-color-error": colors.red[9],
    "--mantine-color-anchor": colors.blue[9],
    "--input-asterisk-color": colors.red[9],
  },
  dark: {
    "--mantine-color-dimmed": colors.dark[1],
    "--mantine-color-error": colors.red[4],
    "--mantine-color-anchor": colors.blue[3],
    "--input-asterisk-color": colors.red[4],
  },
})
