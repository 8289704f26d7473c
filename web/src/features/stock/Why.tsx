import { useLingui } from "@lingui/react/macro";
import { Code, Named } from "@/design";
import { Anchor } from "@/lib/Anchor";
import type { Movement } from "./queries";

/** Why a movement was made: its reason, and the document it belongs to. */
export function Why({ movement }: { movement: Movement }) {
  const { t } = useLingui();
  const { document, reference_kind: kind, reverses_id: reverses } = movement;
  const reason = reverses ? t`Reversal: ${movement.reason}` : movement.reason || "–";
  const isOrder = kind === "order" && document;
  return (
    <Named
      name={<span style={{ fontWeight: 400 }}>{reason}</span>}
      code={
        document &&
        (isOrder ? <Anchor href={`/orders/${document}`}>{document}</Anchor> : <Code>{document}</Code>)
      }
    />
  );
}
