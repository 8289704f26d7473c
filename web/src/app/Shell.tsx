import { useLingui } from "@lingui/react/macro";
import { Box, useMediaQuery } from "@mui/material";
import { Outlet } from "@tanstack/react-router";
import { light, phoneQuery, radius, size } from "@/design";
import { BottomBar } from "./BottomBar";
import { LostLine } from "./LostLine";
import { useLive } from "./live";
import { PanelHost } from "./PanelHost";
import { Sidebar } from "./Sidebar";
import { TopBar } from "./TopBar";
import { useFocusAfterMove } from "./useFocusAfterMove";
import { useSessionEnd } from "./useSessionEnd";

const skip = {
  position: "absolute",
  left: -9999,
  zIndex: 3000,
  bgcolor: "background.paper",
  px: 2,
  py: 1,
  borderRadius: radius.control,
  "&:focus": { left: 8, top: 8 },
} as const;

/** What stands around every page: navigation, search, who is signed in, and the panels that slide in. */
export function Shell() {
  const { t } = useLingui();
  const phone = useMediaQuery(phoneQuery);
  const connected = useLive();
  useSessionEnd();
  useFocusAfterMove("main");
  return (
    <Box sx={{ display: "flex", minHeight: "100dvh" }}>
      <Box component="a" href="#main" sx={skip}>
        {t`Skip to content`}
      </Box>
      {!phone && <Sidebar />}
      <Box
        sx={{
          flex: 1,
          minWidth: 0,
          pl: phone ? 0 : `${size.sidebar}px`,
          pb: phone ? `calc(${size.bottomBar}px + env(safe-area-inset-bottom))` : 0,
        }}
      >
        <TopBar phone={phone} connected={connected} />
        <LostLine connected={connected} />
        <Box component="main" id="main" tabIndex={-1} sx={{ outline: "none", bgcolor: light.page }}>
          <Outlet />
        </Box>
      </Box>
      {phone && <BottomBar />}
      <PanelHost />
    </Box>
  );
}
