import { AppShell, Burger, Button, Group, Menu, NavLink, Text, useMantineColorScheme } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useQueryClient, useMutation } from "@tanstack/react-query"
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router"
import { signOut } from "../../contract/session.ts"
import { call } from "../api.ts"
import { PAGES } from "../pages.ts"
import { mayOpen, sessionQuery, useMe } from "../session.ts"
import { shellTexts } from "../texts.ts"

/** The frame of every page for those who are signed in: menu, own account, way out. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure(false)
  return (
    <AppShell header={{ height: 60 }} navbar={{ width: 240, breakpoint: "sm", collapsed: { mobile: !opened } }} padding="md">
      <a className="skip" href="#noi-dung">
        {shellTexts.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap" gap="sm">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={shellTexts.openMenu} aria-expanded={opened} />
            <Text fw={700}>{shellTexts.product}</Text>
          </Group>
          <PersonMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={shellTexts.menu}>
        <Pages onChosen={close} />
      </AppShell.Navbar>
      <AppShell.Main id="noi-dung">
        <div className="wide">
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  )
}

function Pages({ onChosen }: { onChosen: () => void }) {
  const me = useMe()
  const { pathname } = useLocation()
  return PAGES.filter(({ inMenu, access }) => inMenu && mayOpen(me, access)).map(({ path, title }) => (
    <NavLink
      key={path}
      component={Link}
      to={path}
      label={title}
      active={pathname === path}
      variant="filled"
      onClick={onChosen}
      {...(pathname === path ? { "aria-current": "page" as const } : {})}
    />
  ))
}

function PersonMenu() {
  const me = useMe()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = useMutation({
    mutationFn: () => call(signOut),
    onSettled: async () => {
      // Nothing that this person saw stays for the next one at this browser.
      queryClient.clear()
      await queryClient.query(sessionQuery)
      await navigate({ to: "/dang-nhap" })
    },
  })
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" maw={200}>
          {me?.name ?? ""}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{shellTexts.theme}</Menu.Label>
        {(["light", "dark", "auto"] as const).map((scheme) => (
          <Menu.Item key={scheme} onClick={() => setColorScheme(scheme)} leftSection={colorScheme === scheme ? "✓" : " "}>
            {shellTexts.themes[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => leave.mutate()}>{shellTexts.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
