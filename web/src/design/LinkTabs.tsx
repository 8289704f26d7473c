import { Box } from "@mui/material";
import { Anchor } from "@/lib/Anchor";
import { light } from "./tokens";

interface LinkTabsProps {
  label: string;
  tabs: { href: string; label: string }[];
  current: string;
}

/** Parts of one page, each with its own address. */
export function LinkTabs({ label, tabs, current }: LinkTabsProps) {
  return (
    <Box
      component="nav"
      aria-label={label}
      sx={{
        display: "flex",
        gap: 3,
        overflowX: "auto",
        flexShrink: 0,
        borderBottom: `1px solid ${light.line}`,
      }}
    >
      {tabs.map((tab) => {
        const here = tab.href === current;
        return (
          <Box
            key={tab.href}
            component={Anchor}
            href={tab.href}
            aria-current={here ? "page" : undefined}
            sx={{
              py: 1.25,
              px: 0.25,
              mb: "-1px",
              whiteSpace: "nowrap",
              textDecoration: "none",
              fontSize: "0.9rem",
              fontWeight: 600,
              color: here ? "primary.main" : "text.secondary",
              borderBottom: "2.5px solid",
              borderColor: here ? "primary.main" : "transparent",
              "&:hover": { color: here ? "primary.main" : "text.primary" },
            }}
          >
            {tab.label}
          </Box>
        );
      })}
    </Box>
  );
}
