import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useChange, useMay } from "@/api";
import { ConfirmDialog, RowMenu } from "@/design";
import { type Movement, reversePosting, touches } from "./queries";

/** Only what was done by hand is undone by hand: a sale is undone on its order. */
const reversible = new Set(["adjustment", "purchase", "waste", "return", "count", "opening"]);

export function MovementVerbs({ movement }: { movement: Movement }) {
  const { t } = useLingui();
  const mayWrite = useMay("stock.write");
  const [asking, setAsking] = useState(false);
  const { sku, posting_id: posting } = movement;
  const reverse = useChange({
    change: () => reversePosting(posting, "reversed by hand"),
    touches,
    said: () => t`The posting of ${sku} is reversed.`,
  });
  if (!mayWrite || movement.reverses_id || movement.reference_id || !reversible.has(movement.type))
    return null;
  return (
    <>
      <RowMenu
        label={t`Actions for the movement of ${sku}`}
        verbs={[{ label: t`Reverse`, icon: "undo", run: () => setAsking(true) }]}
      />
      <ConfirmDialog
        open={asking}
        title={t`Reverse this posting?`}
        confirmLabel={t`Reverse`}
        busy={reverse.isPending}
        onConfirm={() => reverse.mutate(undefined, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {t`All lines that were posted together are taken back by new movements; both stay in the history.`}
      </ConfirmDialog>
    </>
  );
}
