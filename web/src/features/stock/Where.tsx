import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { Quantity, radius, tint, tones } from "@/design";
import { type Form, SelectInput } from "@/design/form";
import { SkuPicker } from "@/features/catalog";
import { useWarehouseOptions, WarehousesMissing } from "@/features/places";
import { sign } from "@/lib/decimal";
import { useLevel } from "./queries";

export interface WhereValues {
  sku: string;
  warehouse: string;
}

/** Which SKU at which warehouse: what every change of stock begins with. */
export function Where<Values extends WhereValues>({ form }: { form: Form<Values> }) {
  const { t } = useLingui();
  const warehouses = useWarehouseOptions();
  const typed = form as unknown as Form<WhereValues>;
  return (
    <>
      <WarehousesMissing />
      <SkuPicker
        label={t`SKU`}
        required
        autoFocus={!typed.values.sku}
        value={typed.values.sku}
        onChange={(sku) => typed.set("sku", sku)}
        error={typed.errors.sku}
      />
      <SelectInput
        form={typed}
        name="warehouse"
        label={t`Warehouse`}
        required
        options={warehouses}
        none={t`Choose one`}
      />
    </>
  );
}

interface BeforeAfterProps extends WhereValues {
  /** On hand after the change, when it can be told. */
  after: string | undefined;
}

/** What is there now, and what will be. */
export function BeforeAfter({ sku, warehouse, after }: BeforeAfterProps) {
  const { t } = useLingui();
  const { data: level, isPending } = useLevel(sku, warehouse);
  if (!sku || !warehouse || isPending) return null;
  const below = after !== undefined && sign(after) < 0;
  const cells = [
    { label: t`On hand now`, value: level?.on_hand ?? "0" },
    { label: t`Available now`, value: level?.available ?? "0" },
    { label: t`On hand after`, value: after },
  ];
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        p: 2,
        display: "grid",
        gridTemplateColumns: "repeat(3, 1fr)",
        gap: 1,
        bgcolor: below ? tones.bad.tint : tint.quiet,
        borderRadius: radius.box,
      }}
    >
      {cells.map((cell) => (
        <div key={cell.label}>
          <Box component="dt" sx={{ fontSize: "0.8125rem", color: "text.secondary" }}>
            {cell.label}
          </Box>
          <Box component="dd" sx={{ m: 0, fontSize: "1.125rem", fontWeight: 650 }}>
            <Quantity value={cell.value} />
          </Box>
        </div>
      ))}
    </Box>
  );
}

/** The one warehouse there is, when there is but one: nobody should have to choose it. */
export function useStartWarehouse(asked: string | undefined): string {
  const options = useWarehouseOptions();
  return asked ?? (options.length === 1 ? (options[0]?.value ?? "") : "");
}
