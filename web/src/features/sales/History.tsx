import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { DateTime, light } from "@/design";
import type { Order } from "./queries";

type Change = Order["history"][number];

function useDeed(): (action: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    create: t`Written`,
    update: t`Changed`,
    allocate: t`Stock reserved`,
    ship: t`Shipped`,
    deliver: t`Delivered`,
    cancel: t`Cancelled`,
    remove: t`Removed`,
  };
  return (action) => words[action.split(".").at(-1) ?? ""] ?? action.replaceAll("_", " ");
}

/** What was done to an order, newest first. */
export function History({ changes }: { changes: Change[] }) {
  const { t } = useLingui();
  const deed = useDeed();
  if (!changes.length)
    return <Box sx={{ color: "text.secondary", fontSize: "0.875rem" }}>{t`Nothing yet.`}</Box>;
  return (
    <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1.5 }}>
      {[...changes].reverse().map((change) => (
        <Box
          component="li"
          key={change.recorded_at + change.action}
          sx={{ pl: 2, borderLeft: `2px solid ${light.line}`, fontSize: "0.875rem", lineHeight: 1.4 }}
        >
          <Box sx={{ fontWeight: 600 }}>{deed(change.action)}</Box>
          <Box sx={{ color: "text.secondary", fontSize: "0.8125rem" }}>
            {change.actor} · <DateTime value={change.recorded_at} />
          </Box>
        </Box>
      ))}
    </Box>
  );
}
