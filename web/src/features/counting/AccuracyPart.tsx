import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Card, EmptyState, ErrorState, LinesSkeleton, Segments, StatRow, StatTile } from "@/design";
import { LineChart } from "@/design/chart";
import { Select } from "@/design/form";
import { useWarehouseOptions } from "@/features/places";
import { date, money, quantity } from "@/lib/format";
import { type Accuracy, accuracyQuery } from "./queries";

/** How far the ledger agreed with the shelf, month by month. */
export function AccuracyPart() {
  const { t } = useLingui();
  const [months, setMonths] = useState("12");
  const [warehouse, setWarehouse] = useState("");
  const { data, error, refetch } = useQuery(accuracyQuery(Number(months), warehouse));
  const spans = [
    { value: "6", label: t`6 months` },
    { value: "12", label: t`A year` },
    { value: "36", label: t`3 years` },
  ];
  return (
    <>
      <Box sx={{ display: "flex", gap: 2, flexWrap: "wrap", alignItems: "center" }}>
        <Segments label={t`How far back`} value={months} onChange={setMonths} options={spans} />
        <Box sx={{ width: 260 }}>
          <Select
            aria-label={t`Warehouse`}
            value={warehouse}
            onChange={setWarehouse}
            options={[{ value: "", label: t`Every warehouse` }, ...useWarehouseOptions()]}
          />
        </Box>
      </Box>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!(error || data) && <LinesSkeleton lines={8} />}
      {data && (data.overall ? <Told data={data} overall={data.overall} /> : <Nothing />)}
    </>
  );
}

function Nothing() {
  const { t } = useLingui();
  return (
    <EmptyState icon="chart" title={t`No count was posted yet`}>
      {t`Once counts are posted, this shows how much of the stock was where the ledger said.`}
    </EmptyState>
  );
}

const share = (value: string | null) => (value === null ? "–" : `${quantity(value)} %`);

function Told({ data, overall }: { data: Accuracy; overall: NonNullable<Accuracy["overall"]> }) {
  const { t } = useLingui();
  const points = (value: (month: Accuracy["months"][number]) => string | null) =>
    data.months.map((month) => {
      const found = value(month);
      return {
        label: date(`${month.month}T12:00:00Z`).replace(/^\S+ /, ""),
        value: found === null ? null : Number(found),
      };
    });
  return (
    <>
      <StatRow>
        <StatTile
          label={t`Lines that were right`}
          value={share(overall.by_lines)}
          note={t`${quantity(overall.accurate)} of ${quantity(overall.lines)}`}
        />
        <StatTile label={t`Value that was right`} value={share(overall.by_value)} />
        <StatTile label={t`Difference`} value={money(overall.net_value, data.currency)} />
        <StatTile label={t`Counts posted`} value={quantity(overall.counts)} />
      </StatRow>
      <Card>
        <LineChart
          title={t`Accuracy of stock`}
          units={t`per cent of what was counted`}
          format={(value) => `${quantity(value.toFixed(2))} %`}
          height={300}
          lines={[
            { name: t`By lines`, points: points((month) => month.by_lines) },
            { name: t`By value`, points: points((month) => month.by_value), dashed: true },
          ]}
        />
      </Card>
    </>
  );
}
