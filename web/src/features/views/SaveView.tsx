import { useLingui } from "@lingui/react/macro";
import {
  Box,
  Button,
  Checkbox,
  Dialog,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  TextField,
} from "@mui/material";
import { type FormEvent, useState } from "react";
import { notify } from "@/design";
import { keepView, type SavedView, useViewDeeds } from "./queries";

interface SaveViewProps {
  list: string;
  state: Record<string, unknown>;
  onClose: () => void;
  onSaved?: (view: SavedView) => void;
}

/** Keeps a view by a name, for oneself or for everybody. */
export function SaveView({ list, state, onClose, onSaved }: SaveViewProps) {
  const { t } = useLingui();
  const run = useViewDeeds();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [problem, setProblem] = useState("");

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const kept = keepView({ list, name: name.trim(), shared, state }).then((made) =>
      onSaved?.({ ...made, mine: true, opens_first: false }),
    );
    if (!(await run(kept, setProblem))) return;
    notify(t`Saved as ${name}.`);
    onClose();
  }

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="save-view">
      <DialogTitle id="save-view">{t`Save this view`}</DialogTitle>
      <DialogContent>
        <Box
          component="form"
          sx={{ display: "flex", flexDirection: "column", gap: 1.5, pt: 1 }}
          onSubmit={(event) => void submit(event)}
        >
          <TextField
            label={t`Name`}
            size="small"
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoFocus
            required
            error={problem !== ""}
            helperText={problem}
            slotProps={{ htmlInput: { maxLength: 255 } }}
          />
          <FormControlLabel
            control={<Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)} />}
            label={t`Share with everybody here`}
          />
          <Box sx={{ display: "flex", justifyContent: "flex-end", gap: 1 }}>
            <Button color="secondary" onClick={onClose}>
              {t`Cancel`}
            </Button>
            <Button type="submit" variant="contained" disabled={name.trim() === ""}>
              {t`Save`}
            </Button>
          </Box>
        </Box>
      </DialogContent>
    </Dialog>
  );
}
