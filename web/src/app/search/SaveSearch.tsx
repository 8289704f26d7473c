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
import { useState } from "react";
import { Code, notify } from "@/design";
import { useSearchDeeds } from "./queries";

/** Keeps a search by a name, for oneself or for everybody. */
export function SaveSearch({ query, onClose }: { query: string; onClose: () => void }) {
  const { t } = useLingui();
  const { save } = useSearchDeeds();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [problem, setProblem] = useState("");

  async function submit(): Promise<void> {
    try {
      await save(name.trim(), query, shared);
      notify(t`Search saved as ${name}.`);
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="save-search">
      <DialogTitle id="save-search">{t`Save this search`}</DialogTitle>
      <DialogContent>
        <Box
          component="form"
          sx={{ display: "flex", flexDirection: "column", gap: 1.5 }}
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Code>{query}</Code>
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
            sx={{ mt: 1 }}
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
