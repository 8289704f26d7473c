import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange, useMay } from "@/api";
import {
  Card,
  Code,
  EmptyState,
  ErrorState,
  Explain,
  LinesSkeleton,
  Named,
  Segments,
  type SimpleColumn,
  SimpleTable,
} from "@/design";
import { BarChart } from "@/design/chart";
import { money, quantity } from "@/lib/format";
import { type Abc, abcQuery, giveClasses } from "./queries";

type By = "revenue" | "margin" | "quantity";
type Period = "30d" | "90d" | "12m";

/** What the goods make of all that is sold: few make most. */
export function AbcPart() {
  const { t } = useLingui();
  const [by, setBy] = useState<By>("revenue");
  const [period, setPeriod] = useState<Period>("12m");
  const [bounds, setBounds] = useState("80-95");
  const [a = "80", b = "95"] = bounds.split("-");
  const { data, error, refetch } = useQuery({
    ...abcQuery({ by, period, a, b, limit: 100 }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Box sx={{ display: "flex", gap: 2, flexWrap: "wrap", alignItems: "center" }}>
        <Segments
          label={t`By`}
          value={by}
          onChange={(value) => setBy(value as By)}
          options={[
            { value: "revenue", label: t`Revenue` },
            { value: "margin", label: t`Margin` },
            { value: "quantity", label: t`Quantity` },
          ]}
        />
        <Segments
          label={t`Period`}
          value={period}
          onChange={(value) => setPeriod(value as Period)}
          options={[
            { value: "30d", label: t`30 days` },
            { value: "90d", label: t`90 days` },
            { value: "12m", label: t`A year` },
          ]}
        />
        <Segments
          label={t`Bounds`}
          value={bounds}
          onChange={setBounds}
          options={[
            { value: "70-90", label: "70 / 20 / 10" },
            { value: "80-95", label: "80 / 15 / 5" },
            { value: "90-98", label: "90 / 8 / 2" },
          ]}
        />
        <GiveClasses />
      </Box>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!(error || data) && <LinesSkeleton lines={8} />}
      {data && (data.rows.length ? <Shown data={data} /> : <Nothing />)}
    </>
  );
}

function Nothing() {
  const { t } = useLingui();
  return (
    <EmptyState icon="chart" title={t`Nothing was sold in this period`}>
      {t`Until something sells, every SKU counts as class C.`}
    </EmptyState>
  );
}

function GiveClasses() {
  const { t } = useLingui();
  const mayPlan = useMay("counting.plan");
  const give = useChange({
    change: giveClasses,
    touches: ["count-due", "abc"],
    said: ({ a, b, c }) => t`${a} SKUs are A, ${b} are B, ${c} are C now.`,
  });
  if (!mayPlan) return null;
  return (
    <Button variant="outlined" loading={give.isPending} onClick={() => give.mutate(undefined)}>
      {t`Give classes by the rules now`}
    </Button>
  );
}

function useFigure(data: Abc): (value: string | number) => string {
  return (value) => (data.by === "quantity" ? quantity(value) : money(value, data.currency));
}

function Shown({ data }: { data: Abc }) {
  const { t } = useLingui();
  const figure = useFigure(data);
  return (
    <>
      <Card>
        <BarChart
          title={t`What each class makes`}
          units={t`per cent of all`}
          format={(value) => `${quantity(value.toFixed(1))} %`}
          bars={[
            {
              name: t`Share`,
              points: data.classes.map((one) => ({
                label: t`${one.name}: ${quantity(one.skus)} SKUs`,
                value: Number(one.share ?? 0),
              })),
            },
          ]}
        />
      </Card>
      <Card
        flush
        title={t`SKUs by what they make`}
        lead={t`The first ${data.rows.length}`}
        actions={<Explain label={t`Class`} formula={data.explain.formula} />}
      >
        <Rows data={data} figure={figure} />
      </Card>
    </>
  );
}

type Row = Abc["rows"][number];

function Rows({ data, figure }: { data: Abc; figure: (value: string) => string }) {
  const { t } = useLingui();
  const columns: SimpleColumn<Row>[] = [
    { id: "sku", header: t`Product`, cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} /> },
    { id: "abc", header: t`ABC`, cell: (row) => row.abc },
    { id: "xyz", header: t`XYZ`, cell: (row) => row.xyz ?? "–" },
    { id: "units", header: t`Units`, align: "right", cell: (row) => quantity(row.units) },
    { id: "figure", header: t`Makes`, align: "right", cell: (row) => figure(row.figure) },
  ];
  return (
    <SimpleTable
      label={t`SKUs by what they make`}
      columns={columns}
      rows={data.rows}
      rowId={(row) => row.sku_id}
    />
  );
}
