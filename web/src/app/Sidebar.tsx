import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { useLocation } from "@tanstack/react-router";
import { useMe } from "@/api";
import { Icon, light, radius, size, tones } from "@/design";
import { Anchor } from "@/lib/Anchor";
import { isCurrent, type NavItem, navigation } from "./nav";

export function Sidebar() {
  const { t } = useLingui();
  const me = useMe();
  return (
    <Box
      sx={{
        position: "fixed",
        inset: "0 auto 0 0",
        width: size.sidebar,
        bgcolor: "background.paper",
        borderRight: `1px solid ${light.line}`,
        display: "flex",
        flexDirection: "column",
        zIndex: 1,
      }}
    >
      <Box
        component={Anchor}
        href="/"
        sx={{
          display: "flex",
          alignItems: "center",
          gap: 1.25,
          px: 2.5,
          height: size.topbar,
          textDecoration: "none",
          flexShrink: 0,
        }}
      >
        <Box component="img" src="/icon.svg" alt="" sx={{ width: 28, height: 28 }} />
        <Box sx={{ minWidth: 0, lineHeight: 1.2 }}>
          <Box
            sx={{ fontWeight: 700, fontSize: "1.0625rem", color: light.heading, letterSpacing: "-0.02em" }}
          >
            onhand
          </Box>
          <Box
            sx={{
              fontSize: "0.75rem",
              color: "text.secondary",
              overflow: "hidden",
              textOverflow: "ellipsis",
              whiteSpace: "nowrap",
            }}
          >
            {me?.organization.name}
          </Box>
        </Box>
      </Box>
      <Box component="nav" aria-label={t`Main`} sx={{ flex: 1, overflowY: "auto", px: 1.5, pb: 2 }}>
        <NavList />
      </Box>
    </Box>
  );
}

/** The whole navigation in its groups; also what More opens on a phone. */
export function NavList({ onChoose }: { onChoose?: () => void }) {
  const { i18n } = useLingui();
  return navigation.map((group, index) => (
    <Box key={group.label.id} sx={{ mt: index === 0 ? 0.25 : 1.25 }}>
      <Box
        id={`nav-${group.label.id}`}
        sx={{ px: 1.25, pb: 0.5, fontSize: "0.75rem", fontWeight: 600, color: "text.secondary" }}
      >
        {i18n._(group.label)}
      </Box>
      <Box component="ul" aria-labelledby={`nav-${group.label.id}`} sx={{ listStyle: "none", m: 0, p: 0 }}>
        {group.items.map((item) => (
          <li key={item.href}>
            <NavLink item={item} onChoose={onChoose} />
          </li>
        ))}
      </Box>
    </Box>
  ));
}

function NavLink({ item, onChoose }: { item: NavItem; onChoose?: () => void }) {
  const { i18n } = useLingui();
  const path = useLocation({ select: (location) => location.pathname });
  const current = isCurrent(item.href, path);
  return (
    <Box
      component={Anchor}
      href={item.href}
      onClick={onChoose}
      aria-current={current ? "page" : undefined}
      sx={{
        display: "flex",
        alignItems: "center",
        gap: 1.25,
        height: { xs: 44, md: 31 },
        px: 1.25,
        borderRadius: radius.control,
        textDecoration: "none",
        fontSize: "0.9rem",
        color: current ? tones.info.text : "text.primary",
        fontWeight: current ? 650 : 500,
        bgcolor: current ? tones.info.tint : "transparent",
        "&:hover": { bgcolor: current ? tones.info.tint : light.page },
      }}
    >
      <Icon name={item.icon} sx={{ fontSize: 19, color: current ? "primary.main" : "text.secondary" }} />
      {i18n._(item.label)}
    </Box>
  );
}
