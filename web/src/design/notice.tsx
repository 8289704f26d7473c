import { useLingui } from "@lingui/react/macro";
import { Box, Button, IconButton } from "@mui/material";
import { useSyncExternalStore } from "react";
import { Icon, type IconName } from "./Icon";
import { light, shadow, tones } from "./tokens";

type Kind = "good" | "bad" | "info";

export interface Notice {
  id: number;
  kind: Kind;
  text: string;
  /** Undo, or a link to what was made. */
  action?: { label: string; run: () => void };
}

let notices: readonly Notice[] = [];
let counter = 0;
const listeners = new Set<() => void>();

function change(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

export function dismiss(id: number): void {
  change(notices.filter((notice) => notice.id !== id));
}

/** Says what happened, for a while; the words are read aloud too. Errors stay until dismissed. */
export function notify(text: string, options: { kind?: Kind; action?: Notice["action"] } = {}): void {
  const { kind = "good", action } = options;
  counter += 1;
  const id = counter;
  change([...notices.slice(-2), { id, kind, text, action }]);
  if (kind !== "bad") setTimeout(() => dismiss(id), action ? 10_000 : 5_000);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const icons: Record<Kind, IconName> = { good: "check", bad: "alert", info: "info" };

/** Where notices appear. It is a live region and always in the page, so that screen readers notice each. */
export function Notices() {
  const shown = useSyncExternalStore(subscribe, () => notices);
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
