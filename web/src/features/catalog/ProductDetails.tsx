import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { Card, Code, DateTime, Explain, Facts, Missing, Money } from "@/design";
import { SuppliersOf } from "@/features/partners";
import { MeasureCard } from "@/features/units";
import { subtract } from "@/lib/decimal";
import { money, percent } from "@/lib/format";
import { type Product, useCategories } from "./queries";
import { flat } from "./tree";

/** What is known of a product besides its stock. */
export function ProductDetails({ product }: { product: Product }) {
  const { t } = useLingui();
  const { branches } = useCategories();
  const category = flat(branches).find(({ row }) => row.id === product.category_id);
  return (
    <Box sx={{ display: "grid", gap: 2.5 }}>
      <Card title={t`Facts`}>
        <Facts
          items={[
            {
              label: t`Selling price`,
              value: <Money value={product.selling_price} currency={product.currency} />,
            },
            { label: t`Cost`, value: <Money value={product.cost_price} currency={product.currency} /> },
            { label: t`Margin`, value: <Margin product={product} /> },
            { label: t`Category`, value: category?.path ?? <Missing /> },
            {
              label: t`Barcodes`,
              value: product.barcodes.length ? <Code>{product.barcodes.join(", ")}</Code> : <Missing />,
            },
            { label: t`Tags`, value: product.tags.join(", ") || <Missing /> },
            { label: t`Added`, value: <DateTime value={product.created_at} /> },
            { label: t`Changed`, value: <DateTime value={product.updated_at} /> },
            ...(product.description
              ? [{ label: t`Description`, value: product.description, wide: true }]
              : []),
          ]}
        />
      </Card>
      <MeasureCard product={product.id} />
      <SuppliersOf sku={product.sku} />
    </Box>
  );
}

function Margin({ product }: { product: Product }) {
  const { t } = useLingui();
  const { cost_price: cost, selling_price: price, currency } = product;
  if (!cost || !price || Number(price) === 0) return <Missing />;
  const gain = subtract(price, cost);
  const share = percent(Number(gain) / Number(price));
  const written = (value: string) => money(value, currency ?? undefined);
  return (
    <Box component="span" sx={{ display: "inline-flex", alignItems: "center" }}>
      {share}
      <Explain
        label={t`Margin`}
        formula={t`(price − cost) ÷ price`}
        rows={[
          { label: t`Price`, value: written(price) },
          { label: t`Cost`, value: written(cost) },
          { label: t`Margin`, value: `${written(gain)} · ${share}`, strong: true },
        ]}
      />
    </Box>
  );
}
