import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import type { ComponentType } from "react";
import { useMay } from "@/api";
import { Icon, LinkTabs, Page, PageHeader } from "@/design";
import { usePanel, useParam } from "@/lib/navigation";
import { EntriesPart } from "./EntriesPart";
import { RatesPart } from "./RatesPart";
import { ReceiptsPart } from "./ReceiptsPart";
import { UncostedPart } from "./UncostedPart";
import { ValuePart } from "./ValuePart";

const parts: Record<string, ComponentType> = {
  value: ValuePart,
  uncosted: UncostedPart,
  receipts: ReceiptsPart,
  entries: EntriesPart,
  rates: RatesPart,
};
const tables = new Set(["uncosted", "receipts", "entries"]);

/** What stock cost and is worth: by place, by receipt, in any currency, and what changed it since. */
export function CostsPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("costing.write");
  const part = useParam("part") || "value";
  const Part = parts[part] ?? ValuePart;
  const tabs = [
    { href: "/valuation/value", label: t`Value` },
    { href: "/valuation/uncosted", label: t`Without a cost` },
    { href: "/valuation/receipts", label: t`Receipts` },
    { href: "/valuation/entries", label: t`Cost entries` },
    { href: "/valuation/rates", label: t`Exchange rates` },
  ];
  return (
    <Page fill={tables.has(part)}>
      <PageHeader
        title={t`Valuation`}
        lead={t`What stock cost and is worth, and why.`}
        actions={
          mayWrite && (
            <Button
              variant="outlined"
              color="secondary"
              startIcon={<Icon name="settings" />}
              onClick={() => panel.open("method")}
            >
              {t`Method`}
            </Button>
          )
        }
      />
      <LinkTabs label={t`Parts of valuation`} tabs={tabs} current={`/valuation/${part}`} />
      <Part />
    </Page>
  );
}
