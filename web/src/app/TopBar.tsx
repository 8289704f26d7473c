import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { light, size, tones } from "@/design";
import { Anchor } from "@/lib/Anchor";
import { AccountMenu } from "./AccountMenu";
import { GlobalSearch } from "./GlobalSearch";

export function TopBar({ phone, connected }: { phone: boolean; connected: boolean }) {
  return (
    <Box
      component="header"
      sx={{
        position: "sticky",
        top: 0,
        zIndex: 1090,
        height: size.topbar,
        display: "flex",
        alignItems: "center",
        gap: 1.5,
        px: { xs: 2, md: 4 },
        bgcolor: "background.paper",
        borderBottom: `1px solid ${light.line}`,
      }}
    >
      {phone && (
        <Box component={Anchor} href="/" aria-label="onhand" sx={{ display: "flex" }}>
          <Box component="img" src="/icon.svg" alt="" sx={{ width: 30, height: 30 }} />
        </Box>
      )}
      <GlobalSearch />
      <Box sx={{ flex: { md: 1 } }} />
      <LiveMark connected={connected} />
      <AccountMenu />
    </Box>
  );
}

/** Says whether changes arrive by themselves just now. */
function LiveMark({ connected }: { connected: boolean }) {
  const { t } = useLingui();
  const tone = connected ? tones.good : tones.neutral;
  const why = connected
    ? t`Changes made elsewhere appear here by themselves.`
    : t`Not connected: changes made elsewhere appear when you reload.`;
  return (
    <Box
      role="status"
      title={why}
      sx={{
        display: { xs: "none", md: "inline-flex" },
        alignItems: "center",
        gap: 0.75,
        fontSize: "0.8125rem",
        color: "text.secondary",
      }}
    >
      <Box
        aria-hidden
        sx={{
          width: 8,
          height: 8,
          borderRadius: "50%",
          bgcolor: connected ? tone.solid : "transparent",
          border: `2px solid ${tone.solid}`,
        }}
      />
      {connected ? t`Live` : t`Offline`}
    </Box>
  );
}
