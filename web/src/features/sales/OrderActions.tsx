import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useState } from "react";
import { useChange, useMay } from "@/api";
import { ConfirmDialog, Icon } from "@/design";
import { usePanel } from "@/lib/navigation";
import { allocateOrder, cancelOrder, changeOrder, deliverOrder, type Order, touches } from "./queries";

/** What can be done with an order in the state in which it is; nothing else is offered. */
export function OrderActions({ order }: { order: Order }) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("sales.write");
  const { id, number } = order;
  const may = (status: string) => mayWrite && order.allowed_statuses.includes(status);
  const hold = useChange({
    change: () => changeOrder(id, { on_hold: !order.on_hold }),
    touches,
    said: () => (order.on_hold ? t`${number} goes on.` : t`${number} is on hold.`),
  });
  const allocate = useChange({
    change: () => allocateOrder(id),
    touches,
    said: () => t`Stock was looked for again.`,
  });
  const deliver = useChange({
    change: () => deliverOrder(id),
    touches,
    said: () => t`${number} is delivered.`,
  });
  return (
    <>
      {may("cancelled") && <CancelButton order={order} />}
      {may("shipped") && (
        <Button
          variant="outlined"
          color="secondary"
          loading={hold.isPending}
          onClick={() => hold.mutate(undefined)}
        >
          {order.on_hold ? t`Release hold` : t`Put on hold`}
        </Button>
      )}
      {mayWrite && order.backordered && (
        <Button
          variant="outlined"
          color="secondary"
          loading={allocate.isPending}
          onClick={() => allocate.mutate(undefined)}
        >
          {t`Look for stock`}
        </Button>
      )}
      {may("shipped") && (
        <Button
          variant="contained"
          startIcon={<Icon name="truck" />}
          onClick={() => panel.open("ship", { id: number })}
        >
          {t`Ship`}
        </Button>
      )}
      {may("delivered") && (
        <Button variant="contained" loading={deliver.isPending} onClick={() => deliver.mutate(undefined)}>
          {t`Mark as delivered`}
        </Button>
      )}
    </>
  );
}

function CancelButton({ order }: { order: Order }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const { id, number } = order;
  const cancel = useChange({
    change: () => cancelOrder(id),
    touches,
    said: () => t`${number} is cancelled.`,
  });
  return (
    <>
      <Button color="error" onClick={() => setAsking(true)}>
        {t`Cancel order`}
      </Button>
      <ConfirmDialog
        open={asking}
        danger
        title={t`Cancel ${number}?`}
        confirmLabel={t`Cancel order`}
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate(undefined, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {t`Its reserved stock can be sold again at once. What has been shipped stays shipped.`}
      </ConfirmDialog>
    </>
  );
}
