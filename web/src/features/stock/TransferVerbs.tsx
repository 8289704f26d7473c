import { useLingui } from "@lingui/react/macro";
import { useChange, useMay } from "@/api";
import { RowMenu, type Verb } from "@/design";
import { cancelTransfer, dispatchTransfer, receiveTransfer, type Transfer, touches } from "./queries";

/** What can be done with a transfer in the state in which it is. */
export function TransferVerbs({ transfer }: { transfer: Transfer }) {
  const { t } = useLingui();
  const mayWrite = useMay("stock.write");
  const { id, number, status } = transfer;
  const dispatch = useChange({
    change: () => dispatchTransfer(id),
    touches,
    said: () => t`${number} is on its way.`,
  });
  const receive = useChange({
    change: () => receiveTransfer(id),
    touches,
    said: () => t`${number} has arrived.`,
  });
  const cancel = useChange({
    change: () => cancelTransfer(id),
    touches,
    said: () => t`${number} is cancelled.`,
  });
  const pending: Verb[] = [{ label: t`Dispatch`, icon: "truck", run: () => dispatch.mutate(undefined) }];
  const underWay: Verb[] = [{ label: t`Receive all`, icon: "check", run: () => receive.mutate(undefined) }];
  const open: Record<string, Verb[]> = { pending, in_transit: underWay };
  const verbs = open[status];
  if (!mayWrite || !verbs) return null;
  const cancelling: Verb = {
    label: t`Cancel`,
    icon: "close",
    danger: true,
    run: () => cancel.mutate(undefined),
  };
  return <RowMenu label={t`Actions for ${number}`} verbs={[...verbs, cancelling]} />;
}
