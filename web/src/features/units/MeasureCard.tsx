import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useMay } from "@/api";
import { Card, Facts, Missing } from "@/design";
import { usePanel } from "@/lib/navigation";
import { type Measure, useMeasure } from "./queries";

/** In which units a product is kept, bought and sold, and what holds what. */
export function MeasureCard({ product }: { product: string }) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("units.write");
  const { data: measure } = useMeasure(product);
  if (!measure) return null;
  const edit = mayWrite && (
    <Button size="small" onClick={() => panel.open("measure", { id: product })}>
      {t`Edit units`}
    </Button>
  );
  return (
    <Card title={t`Units`} actions={edit}>
      <Facts
        items={[
          { label: t`Stock unit`, value: measure.stock_unit },
          { label: t`Purchase unit`, value: measure.purchase_unit ?? <Missing /> },
          { label: t`Sale unit`, value: measure.sale_unit ?? <Missing /> },
          { label: t`What holds what`, value: <Holds measure={measure} />, wide: true },
        ]}
      />
    </Card>
  );
}

function Holds({ measure }: { measure: Measure }) {
  const { t } = useLingui();
  if (!measure.holds.length) return <Missing />;
  const told = measure.holds.map(({ unit, of, quantity, numerator, denominator }) => {
    const amount = quantity ?? `${numerator} / ${denominator}`;
    return t`1 ${unit} = ${amount} ${of}`;
  });
  return <span>{told.join(", ")}</span>;
}
