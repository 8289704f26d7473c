import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "./ConfirmDialog";
import { Icon } from "./Icon";

interface RemoveButtonProps {
  /** What is removed, by its name. */
  name: string;
  /** What will happen to it, in a sentence. */
  children: ReactNode;
  busy?: boolean;
  onRemove: () => void;
}

/** Removes the one thing that a page or a form is about, after asking. */
export function RemoveButton({ name, children, busy, onRemove }: RemoveButtonProps) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button color="error" onClick={() => setAsking(true)} startIcon={<Icon name="trash" />}>
        {t`Remove`}
      </Button>
      <ConfirmDialog
        open={asking}
        danger
        title={t`Remove ${name}?`}
        confirmLabel={t`Remove`}
        busy={busy}
        onConfirm={onRemove}
        onClose={() => setAsking(false)}
      >
        {children}
      </ConfirmDialog>
    </>
  );
}
