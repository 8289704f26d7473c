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
import { type FormEvent, type ReactNode, useId, useState } from "react";

interface SaveDialogProps {
  title: string;
  /** Keeps it, or throws the sentence that says why not. */
  onSave: (name: string, shared: boolean) => Promise<void>;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks for a name under which something is kept, for oneself or for everybody. */
export function SaveDialog({ title, onSave, onClose, children }: SaveDialogProps) {
  const { t } = useLingui();
  const heading = useId();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [problem, setProblem] = useState("");

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      await onSave(name.trim(), shared);
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={heading}>
      <DialogTitle id={heading}>{title}</DialogTitle>
      <DialogContent>
        <Box
          component="form"
          sx={{ display: "flex", flexDirection: "column", gap: 1.5, pt: 1 }}
          onSubmit={(event) => void submit(event)}
        >
          {children}
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
