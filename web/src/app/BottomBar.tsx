import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { useLocation } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Icon, type IconName, light, size } from "@/design";
import { Anchor } from "@/lib/Anchor";
import { barEntry, bottomBar, isCurrent } from "./nav";

const AllPages = lazy(async () => ({ default: (await import("./AllPages")).AllPages }));

const tab = {
  flex: 1,
  display: "flex",
  flexDirection: "column",
  alignItems: "center",
  justifyContent: "center",
  gap: 0.375,
  height: size.bottomBar,
  border: 0,
  p: 0,
  bgcolor: "transparent",
  font: "inherit",
  fontSize: 12,
  textDecoration: "none",
} as const;

/** The phone's navigation, in reach of the thumb. */
export function BottomBar() {
  const { t, i18n } = useLingui();
  const [open, setOpen] = useState(false);
  const path = useLocation({ select: (location) => location.pathname });
  const entry = barEntry(path);
  return (
    <Box
      component="nav"
      aria-label={t`Main`}
      sx={{
        position: "fixed",
        inset: "auto 0 0 0",
        zIndex: 1100,
        display: "flex",
        bgcolor: "background.paper",
        borderTop: `1px solid ${light.line}`,
        pb: "env(safe-area-inset-bottom)",
      }}
    >
      {bottomBar.map((item) => {
        const current = item.href === entry;
        return (
          <Box
            key={item.href}
            component={Anchor}
            href={item.href}
            aria-current={mark(item.href, entry, path)}
            sx={{
              ...tab,
              color: current ? "primary.main" : "text.secondary",
              fontWeight: current ? 700 : 500,
            }}
          >
            <TabIcon name={item.icon}>{i18n._(item.label)}</TabIcon>
          </Box>
        );
      })}
      <Box
        component="button"
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        sx={{
          ...tab,
          color: entry ? "text.secondary" : "primary.main",
          fontWeight: entry ? 500 : 700,
        }}
      >
        <TabIcon name="menu">{t`More`}</TabIcon>
      </Box>
      {open && (
        <Suspense>
          <AllPages onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </Box>
  );
}

/** The page itself, or the part of the app that it belongs to. */
function mark(href: string, entry: string | undefined, path: string): "page" | "true" | undefined {
  if (href !== entry) return undefined;
  return isCurrent(href, path) ? "page" : "true";
}

function TabIcon({ name, children }: { name: IconName; children: ReactNode }) {
  return (
    <>
      <Icon name={name} sx={{ fontSize: 22 }} />
      {children}
    </>
  );
}
