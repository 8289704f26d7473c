import { useLingui } from "@lingui/react/macro";
import { Box, Button, IconButton } from "@mui/material";
import { useSyncExternalStore } from "react";
import { dismiss, type Notice, type NoticeKind, onNotices, shownNotices } from "@/lib/notices";
import { Icon, type IconName } from "./Icon";
import { light, shadow, tones } from "./tokens";

const icons: Record<NoticeKind, IconName> = { good: "check", bad: "alert", info: "info" };

/** Where notices appear. It is a live region and always in the page, so that screen readers notice each. */
export function Notices() {
  const shown = useSyncExternalStore(onNotices, shownNotices);
  return (
    <Box
      role="status"
      aria-live="polite"
      sx={{
        position: "fixed",
        zIndex: 2000,
        right: { xs: 12, md: 24 },
        left: { xs: 12, md: "auto" },
        bottom: { xs: "calc(76px + env(safe-area-inset-bottom))", md: 24 },
        display: "grid",
        gap: 1,
        justifyItems: "end",
        pointerEvents: "none",
      }}
    >
      {shown.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </Box>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { t } = useLingui();
  const close = () => dismiss(notice.id);
  return (
    <Box
      sx={{
        pointerEvents: "auto",
        display: "flex",
        alignItems: "center",
        gap: 1.25,
        pl: 1.75,
        pr: 0.75,
        py: 0.75,
        minHeight: 48,
        width: { xs: "100%", md: "auto" },
        maxWidth: 480,
        bgcolor: "background.paper",
        border: `1px solid ${light.line}`,
        borderRadius: "10px",
        boxShadow: shadow.raised,
        fontSize: "0.9rem",
      }}
    >
      <Icon name={icons[notice.kind]} sx={{ color: tones[notice.kind].solid, fontSize: 20 }} />
      <Box sx={{ flex: 1, minWidth: 0, py: 0.5 }}>{notice.text}</Box>
      {notice.action && (
        <Button
          size="small"
          onClick={() => {
            notice.action?.run();
            close();
          }}
        >
          {notice.action.label}
        </Button>
      )}
      <IconButton size="small" aria-label={t`Dismiss`} onClick={close}>
        <Icon name="close" sx={{ fontSize: 18 }} />
      </IconButton>
    </Box>
  );
}
