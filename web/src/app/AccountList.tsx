import { useLingui } from "@lingui/react/macro";
import { Box, Divider, Menu, MenuItem } from "@mui/material";
import { useMe } from "@/api";
import { signOut } from "@/api/session";
import { Icon } from "@/design";
import { useGo } from "@/lib/navigation";
import { useAppearanceItems } from "./AppearanceItems";

export function AccountList({ anchor, onClose }: { anchor: HTMLElement; onClose: () => void }) {
  const { t } = useLingui();
  const go = useGo();
  const me = useMe();
  const appearance = useAppearanceItems();
  return (
    <Menu
      open
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: "bottom", horizontal: "right" }}
      transformOrigin={{ vertical: "top", horizontal: "right" }}
    >
      <Box role="presentation" sx={{ px: 2, py: 1, minWidth: 200 }}>
        <Box sx={{ fontWeight: 650, fontSize: "0.9rem" }}>{me?.label}</Box>
        <Box sx={{ fontSize: "0.8125rem", color: "text.secondary" }}>{me?.organization.name}</Box>
      </Box>
      {appearance}
      <Divider />
      <MenuItem
        onClick={() => {
          onClose();
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
  );
}
