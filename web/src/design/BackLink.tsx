import { Box } from "@mui/material";
import type { ReactNode } from "react";
import { Anchor } from "@/lib/Anchor";
import { Icon } from "./Icon";

/** From a thing back to its list. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Box
      component={Anchor}
      href={href}
      sx={{
        display: "inline-flex",
        alignItems: "center",
        gap: 0.5,
        fontSize: "0.875rem",
        fontWeight: 600,
        color: "text.secondary",
        textDecoration: "none",
        "&:hover": { color: "primary.main" },
      }}
    >
      <Icon name="chevronLeft" sx={{ fontSize: 18 }} />
      {children}
    </Box>
  );
}
