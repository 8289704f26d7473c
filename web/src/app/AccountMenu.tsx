import { useLingui } from "@lingui/react/macro";
import { Avatar, Box, IconButton, Menu, MenuItem } from "@mui/material";
import { useState } from "react";
import { useMe } from "@/api";
import { signOut } from "@/api/session";
import { Icon, tones } from "@/design";
import { useGo } from "@/lib/navigation";

function initials(name: string): string {
  const words = name.split(/[\s.@]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase())
    .join("");
}

export function AccountMenu() {
  const { t } = useLingui();
  const go = useGo();
  const me = useMe();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
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
        <Avatar
          sx={{
            width: 32,
            height: 32,
            fontSize: 13,
            fontWeight: 700,
            bgcolor: tones.info.tint,
            color: tones.info.text,
          }}
        >
          {initials(label)}
        </Avatar>
      </IconButton>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: "bottom", horizontal: "right" }}
        transformOrigin={{ vertical: "top", horizontal: "right" }}
      >
        <Box role="presentation" sx={{ px: 2, py: 1, minWidth: 200 }}>
          <Box sx={{ fontWeight: 650, fontSize: "0.9rem" }}>{label}</Box>
          <Box sx={{ fontSize: "0.8125rem", color: "text.secondary" }}>{me?.organization.name}</Box>
        </Box>
        <MenuItem
          onClick={() => {
            close();
            go("/settings");
          }}
        >
          <Icon name="settings" sx={{ fontSize: 19, mr: 1.25, color: "text.secondary" }} />
          {t`Settings`}
        </MenuItem>
        <MenuItem onClick={() => void signOut()}>
          <Icon name="signOut" sx={{ fontSize: 19, mr: 1.25, color: "text.secondary" }} />
          {t`Sign out`}
        </MenuItem>
      </Menu>
    </>
  );
}
