import { useLingui } from "@lingui/react/macro";
import { Box, Button, Dialog, DialogContent, DialogTitle, TextField } from "@mui/material";
import { type FormEvent, useState } from "react";
import { ProgressBar, Segments } from "@/design";
import { isDecimal } from "@/lib/decimal";
import type { Level } from "./queries";
import { type BulkKind, useBulk } from "./useBulk";

interface BulkPanelProps {
  rows: Level[];
  kind: BulkKind;
  onClose: () => void;
}

/** One change of all rows that are ticked, with its progress; what was done can be taken back. */
export function BulkPanel({ rows, kind: first, onClose }: BulkPanelProps) {
  const { t } = useLingui();
  const [kind, setKind] = useState<BulkKind>(first);
  const [text, setText] = useState("");
  const bulk = useBulk(rows, onClose);
  const count = rows.length;
  const kinds: { value: BulkKind; label: string; ask: string }[] = [
    { value: "adjust", label: t`Adjust`, ask: t`Add or take, such as -2` },
    { value: "set", label: t`Set`, ask: t`On hand from now on` },
    { value: "reserve", label: t`Reserve`, ask: t`How many of each` },
    { value: "tag", label: t`Tag`, ask: t`Tag to add to their products` },
    { value: "price", label: t`Price`, ask: t`Selling price of their products` },
  ];
  const wrong = text.trim() === "" || (kind !== "tag" && !isDecimal(text.trim()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong) void bulk.run(kind, text.trim());
  };
  return (
    <Dialog open onClose={bulk.busy ? undefined : onClose} fullWidth maxWidth="sm" aria-labelledby="bulk">
      <DialogTitle id="bulk">{t`Change ${count} levels`}</DialogTitle>
      <DialogContent>
        <Box component="form" onSubmit={submit} sx={{ display: "flex", flexDirection: "column", gap: 2 }}>
          <Segments
            label={t`What to change`}
            value={kind}
            options={kinds}
            onChange={(value) => setKind(value as BulkKind)}
          />
          <TextField
            label={kinds.find((one) => one.value === kind)?.ask}
            size="small"
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoFocus
            error={bulk.problem !== ""}
            helperText={bulk.problem}
          />
          {bulk.busy && <ProgressBar label={t`Changing`} value={bulk.done / Math.max(1, bulk.total)} />}
          <Box sx={{ display: "flex", justifyContent: "flex-end", gap: 1 }}>
            <Button color="secondary" onClick={onClose} disabled={bulk.busy}>
              {t`Cancel`}
            </Button>
            <Button type="submit" variant="contained" disabled={wrong || bulk.busy}>
              {t`Change ${count}`}
            </Button>
          </Box>
        </Box>
      </DialogContent>
    </Dialog>
  );
}
