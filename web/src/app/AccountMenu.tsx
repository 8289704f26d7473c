import { useLingui } from "@lingui/react/macro";
import { Box, IconButton } from "@mui/material";
import { lazy, Suspense, useState } from "react";
import { useMe } from "@/api";
import { tones } from "@/design";

/** Menus are heavy and this one is seldom opened: its code comes when it is. */
const AccountList = lazy(async () => ({ default: (await import("./AccountList")).AccountList }));

function initials(name: string): string {
  const words = name.split(/[\s.@]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase())
    .join("");
}

export function AccountMenu() {
  const { t } = useLingui();
  const me = useMe();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const label = me?.label ?? "";
  return (
    <>
      <IconButton
        aria-label={t`Your account: ${label}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ p: 0.5 }}
      >
        <Box
          component="span"
          sx={{
            width: 32,
            height: 32,
            borderRadius: "50%",
            display: "grid",
            placeItems: "center",
            fontSize: 13,
            fontWeight: 700,
            bgcolor: tones.info.tint,
            color: tones.info.text,
          }}
        >
          {initials(label)}
        </Box>
      </IconButton>
      {anchor && (
        <Suspense>
          <AccountList anchor={anchor} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
