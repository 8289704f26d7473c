import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, Pair, SelectInput, TextInput, useForm } from "@/design/form";
import { filled, positive } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { orNull } from "@/lib/values";
import { reserve, touches } from "./queries";
import { BeforeAfter, useStartWarehouse, Where } from "./Where";

/** Keeps stock for somebody for a while; nobody else can have it meanwhile. */
export function ReservePanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const form = useForm({
    initial: {
      sku: about.sku ?? "",
      warehouse: useStartWarehouse(about.warehouse),
      quantity: "1",
      until: "86400",
      note: "",
    },
    check: (values) => ({
      sku: filled(values.sku, t`Choose a SKU.`),
      warehouse: filled(values.warehouse, t`Choose a warehouse.`),
      quantity: positive(values.quantity, t`Write a number above zero.`),
    }),
    save: async ({ sku, warehouse, quantity, until, note }) => {
      const expires_in_seconds = until ? Number(until) : null;
      await save(reserve({ sku, warehouse, quantity, expires_in_seconds, note: orNull(note) }), touches);
      notify(t`${quantity} of ${sku} are reserved.`);
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer title={t`Reserve stock`} form={form} submitLabel={t`Reserve`} onClose={onClose}>
      <Where form={form} />
      <Pair>
        <TextInput form={form} name="quantity" label={t`Quantity`} required numeric />
        <SelectInput
          form={form}
          name="until"
          label={t`For`}
          options={[
            { value: "900", label: t`15 minutes` },
            { value: "3600", label: t`1 hour` },
            { value: "86400", label: t`1 day` },
            { value: "604800", label: t`1 week` },
            { value: "", label: t`Until released` },
          ]}
        />
      </Pair>
      <TextInput form={form} name="note" label={t`For whom`} />
      <BeforeAfter sku={form.values.sku} warehouse={form.values.warehouse} after={undefined} />
    </FormDrawer>
  );
}
