import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useMay } from "@/api";
import { Card, DateTime, Day, Facts, Icon, LinesSkeleton, Missing, Quantity } from "@/design";
import { percent } from "@/lib/format";
import { usePanel } from "@/lib/navigation";
import { policyQuery, reorderQuery, type Suggestion } from "./queries";
import { Reasons } from "./Reasons";
import { useReasons } from "./words";

/** How this SKU is reordered here: what was computed and what was set by hand, side by side. */
export function PolicyCard({ sku, warehouse }: { sku: string; warehouse: string }) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("planning.write");
  const reasons = useReasons();
  const { data: row } = useQuery(reorderQuery(sku, warehouse));
  const change = mayWrite && (
    <Button
      variant="outlined"
      color="secondary"
      startIcon={<Icon name="edit" />}
      onClick={() => panel.open("reorder", { sku, warehouse })}
    >
      {t`Change`}
    </Button>
  );
  const lead = row === null ? t`Nothing is computed yet; the nightly run does.` : reasons[row?.reason ?? ""];
  return (
    <Card title={t`Reordering`} lead={lead} actions={change}>
      {row === undefined && <LinesSkeleton lines={2} />}
      {row && <Numbers row={row} />}
    </Card>
  );
}

function Numbers({ row }: { row: Suggestion }) {
  const { t } = useLingui();
  const { data: policy } = useQuery(policyQuery(row.id));
  return (
    <Facts
      items={[
        { label: t`Reorder point, computed`, value: <Quantity value={row.computed_point} /> },
        { label: t`Reorder point, by hand`, value: <Quantity value={row.manual_point} /> },
        { label: t`Safety stock`, value: <Quantity value={row.safety_stock} /> },
        { label: t`Fill up to`, value: <Quantity value={row.up_to} /> },
        { label: t`Lead time`, value: policy ? t`${policy.lead_days_used} days` : <Missing /> },
        { label: t`Service level`, value: policy ? percent(Number(policy.service_level)) : <Missing /> },
        { label: t`Available`, value: <Quantity value={row.available} /> },
        { label: t`Incoming`, value: <Quantity value={row.incoming} /> },
        { label: t`Runs out`, value: <Day value={row.stockout_on} /> },
        {
          label: t`To order now`,
          value: (
            <>
              <Quantity value={row.quantity} /> <Reasons row={row} />
            </>
          ),
        },
        { label: t`Supplier`, value: row.supplier ?? "–" },
        { label: t`Computed`, value: <DateTime value={row.computed_at} relative /> },
      ]}
    />
  );
}
