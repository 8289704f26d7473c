import { useLingui } from "@lingui/react/macro";
import { Drawer } from "@mui/material";
import { radius } from "@/design";
import { NavList } from "./Sidebar";

/** The whole navigation, as More opens it on a phone. */
export function AllPages({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Drawer
      anchor="bottom"
      open
      onClose={onClose}
      slotProps={{
        paper: {
          role: "dialog",
          "aria-modal": true,
          "aria-label": t`All pages`,
          sx: { maxHeight: "85dvh", px: 2, py: 1.5, borderRadius: radius.sheetTop },
        },
      }}
    >
      <NavList onChoose={onClose} />
    </Drawer>
  );
}
