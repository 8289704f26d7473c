import { useLingui } from "@lingui/react/macro";
import { Box, Button, Typography } from "@mui/material";
import { Card, Code, StatusChip } from "@/design";
import { quantity } from "@/lib/format";
import type { Noted } from "./queries";
import type { Scan } from "./useShelf";

interface LastScanProps {
  noted: Noted | null;
  busy: boolean;
  onScan: (scan: Scan) => void;
}

/** What the last scan came to, to be put right by a thumb. */
export function LastScan({ noted, busy, onScan }: LastScanProps) {
  const { t } = useLingui();
  return (
    <Box role="status" aria-busy={busy}>
      {noted && (
        <Card>
          <Box sx={{ display: "flex", alignItems: "center", gap: 2, justifyContent: "space-between" }}>
            <Box sx={{ minWidth: 0 }}>
              <Typography variant="body2" color="textSecondary">{t`Counted by me`}</Typography>
              <Code>{noted.sku}</Code>
            </Box>
            <Typography
              component="p"
              sx={{
                fontSize: "2.5rem",
                fontWeight: 650,
                fontVariantNumeric: "tabular-nums",
              }}
            >
              {quantity(noted.quantity)}
            </Typography>
          </Box>
          {noted.found && <StatusChip label={t`Not expected there: a line was added`} tone="info" />}
          <Steps noted={noted} onScan={onScan} />
        </Card>
      )}
    </Box>
  );
}

function Steps({ noted, onScan }: { noted: Noted; onScan: (scan: Scan) => void }) {
  const { t } = useLingui();
  const step = (by: string) => onScan({ code: noted.sku, quantity: by, mode: "add" });
  const steps = [
    { by: "-1", label: t`One less`, text: "−1", disabled: Number(noted.quantity) < 1 },
    { by: "1", label: t`One more`, text: "+1" },
    { by: "10", label: t`Ten more`, text: "+10" },
  ];
  return (
    <Box sx={{ display: "grid", gridTemplateColumns: "repeat(3, 1fr)", gap: 1.5, mt: 1.5 }}>
      {steps.map((one) => (
        <Button
          key={one.by}
          variant="outlined"
          size="large"
          aria-label={one.label}
          disabled={one.disabled}
          onClick={() => step(one.by)}
          sx={{ minHeight: 56, fontSize: "1.25rem" }}
        >
          {one.text}
        </Button>
      ))}
    </Box>
  );
}
