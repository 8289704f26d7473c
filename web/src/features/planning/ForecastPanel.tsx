import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { FormDrawer, SelectInput, TextInput, useForm } from "@/design/form";
import { SkuPicker } from "@/features/catalog";
import { useWarehouseOptions } from "@/features/places";
import type { PanelProps } from "@/lib/feature";
import { useGo } from "@/lib/navigation";
import { makeForecast } from "./queries";
import { useAlgorithms } from "./words";

const longest = 365;

/** Forecasts one SKU now and goes to what came of it. */
export function ForecastPanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const go = useGo();
  const save = useSave();
  const algorithms = useAlgorithms();
  const warehouses = useWarehouseOptions();
  const form = useForm({
    initial: { sku: about.sku ?? "", warehouse: about.warehouse ?? "", days: "28", algorithm: "" },
    check: ({ sku, days }) => ({
      sku: sku ? undefined : t`Choose a SKU.`,
      days:
        /^\d+$/.test(days) && Number(days) >= 1 && Number(days) <= longest
          ? undefined
          : t`Write a number of days from 1 to ${longest}.`,
    }),
    save: async ({ sku, warehouse, days, algorithm }) => {
      const body = {
        sku,
        warehouse: warehouse || null,
        horizon_days: Number(days),
        algorithm: algorithm || null,
      };
      const made = await save(makeForecast(body), ["forecasts"]);
      go(`/planning/forecasts/${made.id}`);
    },
  });
  return (
    <FormDrawer title={t`Forecast a SKU`} form={form} submitLabel={t`Forecast`} onClose={onClose}>
      <SkuPicker
        label={t`SKU`}
        required
        autoFocus={!about.sku}
        value={form.values.sku}
        onChange={(sku) => form.set("sku", sku)}
        error={form.errors.sku}
      />
      <SelectInput
        form={form}
        name="warehouse"
        label={t`Warehouse`}
        options={warehouses}
        none={t`All of them together`}
      />
      <TextInput form={form} name="days" label={t`How far ahead`} numeric suffix={t`days`} required />
      <SelectInput
        form={form}
        name="algorithm"
        label={t`Method`}
        options={algorithms}
        none={t`The best for how it sells`}
        help={t`Leave it: it is chosen by backtest, and shown with its score.`}
      />
    </FormDrawer>
  );
}
