import { useLingui } from "@lingui/react/macro";
import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from "@mui/material";
import { type ReactNode, useId } from "react";

interface ConfirmDialogProps {
  open: boolean;
  title: string;
  /** What will happen, in a sentence, and whether it can be undone. */
  children: ReactNode;
  /** The verb of the deed: "Cancel order", never "OK". */
  confirmLabel: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, children, confirmLabel, danger, busy, onConfirm, onClose } = props;
  const { t } = useLingui();
  const id = useId();
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby={id} maxWidth="xs" fullWidth>
      <DialogTitle id={id} sx={{ fontSize: "1.125rem", fontWeight: 650, pb: 1 }}>
        {title}
      </DialogTitle>
      <DialogContent sx={{ color: "text.secondary", fontSize: "0.9375rem" }}>{children}</DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button color="secondary" onClick={onClose} autoFocus>
          {t`Keep as it is`}
        </Button>
        <Button variant="contained" color={danger ? "error" : "primary"} onClick={onConfirm} loading={busy}>
          {confirmLabel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
