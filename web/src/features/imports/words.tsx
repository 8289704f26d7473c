import { useLingui } from "@lingui/react/macro";
import { StatusChip, type Tone } from "@/design";

export function useStatuses(): Record<string, { label: string; tone: Tone }> {
  const { t } = useLingui();
  return {
    uploaded: { label: t`Uploaded`, tone: "info" },
    mapped: { label: t`Ready to check`, tone: "info" },
    checked: { label: t`Checked`, tone: "info" },
    running: { label: t`Running`, tone: "busy" },
    unfinished: { label: t`Unfinished`, tone: "warn" },
    finished: { label: t`Finished`, tone: "good" },
    undoing: { label: t`Being undone`, tone: "busy" },
    undone: { label: t`Undone`, tone: "neutral" },
    failed: { label: t`Failed`, tone: "bad" },
  };
}

export function RunStatus({ status }: { status: string }) {
  const known = useStatuses()[status];
  return <StatusChip label={known?.label ?? status} tone={known?.tone ?? "neutral"} />;
}

/** What a line of a sales file can be. */
export function useKinds(): Record<string, string> {
  const { t } = useLingui();
  return {
    sale: t`Sales`,
    return: t`Returns, put back into stock`,
    write_off: t`Write-offs`,
    given_away: t`Given away`,
    charge: t`Charges, no stock`,
  };
}

export type FieldName =
  | "invoice"
  | "sku"
  | "description"
  | "quantity"
  | "unit_price"
  | "date"
  | "customer"
  | "country";

/** The fields of a sales line, in the order in which people think of them. */
export function useFields(): { name: FieldName; label: string; required: boolean }[] {
  const { t } = useLingui();
  return [
    { name: "invoice", label: t`Invoice or order number`, required: true },
    { name: "sku", label: t`SKU`, required: true },
    { name: "description", label: t`Description`, required: false },
    { name: "quantity", label: t`Quantity`, required: true },
    { name: "unit_price", label: t`Price of one`, required: true },
    { name: "date", label: t`Date`, required: true },
    { name: "customer", label: t`Customer`, required: false },
    { name: "country", label: t`Country`, required: false },
  ];
}
