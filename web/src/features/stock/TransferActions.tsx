import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useState } from "react";
import { useChange, useMay } from "@/api";
import { ConfirmDialog, Icon } from "@/design";
import { usePanel } from "@/lib/navigation";
import { cancelTransfer, dispatchTransfer, type TransferDetail, touches } from "./queries";

/** What can be done with a transfer in the state in which it is. */
export function TransferActions({ transfer }: { transfer: TransferDetail }) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("stock.write");
  const [asking, setAsking] = useState(false);
  const { id, document, status } = transfer;
  const dispatch = useChange({
    change: () => dispatchTransfer(id),
    touches,
    said: () => t`${document} is on its way.`,
  });
  const cancel = useChange({
    change: () => cancelTransfer(id),
    touches,
    said: () => t`${document} is cancelled.`,
  });
  const pending = status === "pending";
  if (!mayWrite || !["pending", "in_transit"].includes(status)) return null;
  return (
    <>
      <Button color="error" onClick={() => setAsking(true)}>
        {t`Cancel transfer`}
      </Button>
      {pending ? (
        <Button
          variant="contained"
          startIcon={<Icon name="truck" />}
          loading={dispatch.isPending}
          onClick={() => dispatch.mutate(undefined)}
        >
          {t`Dispatch`}
        </Button>
      ) : (
        <Button
          variant="contained"
          startIcon={<Icon name="package" />}
          onClick={() => panel.open("receive", { id })}
        >
          {t`Receive`}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        danger
        title={t`Cancel ${document}?`}
        confirmLabel={t`Cancel transfer`}
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate(undefined, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {pending ? t`Its stock is no longer reserved.` : t`What is under way returns to where it left.`}
      </ConfirmDialog>
    </>
  );
}
