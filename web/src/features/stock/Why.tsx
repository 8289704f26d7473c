import { useLingui } from "@lingui/react/macro";
import { Code, Named } from "@/design";
import { Anchor } from "@/lib/Anchor";
import type { Movement } from "./queries";

/** Why a movement was made: its reason, and the document it belongs to. */
export function Why({ movement }: { movement: Movement }) {
  const { t } = useLingui();
  const { document, reference_kind: kind, reference_id: id, reverses_id: reverses } = movement;
  const reason = reverses ? t`Reversal: ${movement.reason}` : movement.reason || "–";
  const pages: Record<string, string> = { order: `/orders/${document}`, transfer: `/transfers/${id}` };
  const page = pages[kind ?? ""];
  return (
    <Named
      name={<span style={{ fontWeight: 400 }}>{reason}</span>}
      code={document && (page ? <Anchor href={page}>{document}</Anchor> : <Code>{document}</Code>)}
    />
  );
}
