import { useLingui } from "@lingui/react/macro";
import { Box, Button, Typography } from "@mui/material";
import { useState } from "react";
import { useChange, useMay } from "@/api";
import { Code, ConfirmDialog, DateTime, light, StatusChip, width } from "@/design";
import { Anchor } from "@/lib/Anchor";
import { quantity } from "@/lib/format";
import { type Conflict, type Resolution, resolveConflict, touches } from "./queries";
import { answers, useConflictKinds, useResolutions } from "./words";

interface Facts {
  sku?: string;
  wanted?: string;
  short?: string;
  order?: string;
  from_warehouse?: string;
  error?: string;
}

/** One disagreement as a sentence, with the answers a person may give; the suggested one stands out. */
export function ConflictItem({ conflict }: { conflict: Conflict }) {
  const { t } = useLingui();
  const mayWrite = useMay("channels.write");
  const kinds = useConflictKinds();
  const [cancelling, setCancelling] = useState(false);
  const resolve = useChange({
    change: (answer: Resolution) => resolveConflict(conflict.id, answer),
    touches: [...touches, "orders", "stock-levels"],
    said: () => t`The conflict is settled.`,
  });
  const choose = (answer: Resolution) => (answer === "cancel" ? setCancelling(true) : resolve.mutate(answer));
  return (
    <Box
      sx={{
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        gap: 2,
        px: 2.5,
        py: 2,
        borderTop: `1px solid ${light.lineSoft}`,
      }}
    >
      <Box sx={{ flex: width.wide, minWidth: 0 }}>
        <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 1, mb: 0.5 }}>
          <StatusChip label={kinds[conflict.kind]} tone="warn" />
          <Typography variant="caption" color="textSecondary">
            {conflict.channel} · <DateTime value={conflict.created_at} relative />
          </Typography>
        </Box>
        <Told conflict={conflict} />
      </Box>
      {mayWrite && <Answers conflict={conflict} busy={resolve.isPending} onChoose={choose} />}
      <ConfirmDialog
        open={cancelling}
        danger
        title={t`Cancel the order?`}
        confirmLabel={t`Cancel the order`}
        busy={resolve.isPending}
        onConfirm={() => resolve.mutate("cancel", { onSettled: () => setCancelling(false) })}
        onClose={() => setCancelling(false)}
      >
        {t`What is reserved for it is free again, and the channel tells the buyer. This cannot be undone.`}
      </ConfirmDialog>
    </Box>
  );
}

function Told({ conflict }: { conflict: Conflict }) {
  const { t } = useLingui();
  const { sku = "", wanted, short, order, from_warehouse, error } = conflict.facts as Facts;
  const missing = quantity(short ?? "0");
  const asked = quantity(wanted ?? "0");
  const sentence = {
    oversell: t`${missing} of ${asked} ordered pieces are not there.`,
    mismatch: t`It sold an article of which the catalogue knows nothing.`,
    failed_sync: error ?? t`It did not take what was sent.`,
  }[conflict.kind];
  return (
    <Typography variant="body2">
      {sku && <Article sku={sku} name={conflict.name} />} {sentence}{" "}
      {from_warehouse && t`There is enough in ${from_warehouse}.`}{" "}
      {conflict.order_id && (
        <Box component={Anchor} href={`/orders/${conflict.order_id}`} sx={{ color: "primary.main" }}>
          {order ?? t`Order`}
        </Box>
      )}
    </Typography>
  );
}

function Article({ sku, name }: { sku: string; name: string | null }) {
  if (!name) return <Code>{sku}</Code>;
  return (
    <>
      <b>{name}</b> (<Code>{sku}</Code>):
    </>
  );
}

interface AnswersProps {
  conflict: Conflict;
  busy: boolean;
  onChoose: (answer: Resolution) => void;
}

function Answers({ conflict, busy, onChoose }: AnswersProps) {
  const names = useResolutions();
  const suggested = conflict.remedy;
  const possible = answers[conflict.kind];
  const ordered = [...possible].sort((a, b) => Number(b === suggested) - Number(a === suggested));
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
      {ordered.map((answer) => (
        <Button
          key={answer}
          size="small"
          variant={answer === suggested ? "contained" : "outlined"}
          color={answer === suggested ? "primary" : "secondary"}
          disabled={busy}
          onClick={() => onChoose(answer)}
        >
          {names[answer]}
        </Button>
      ))}
    </Box>
  );
}
