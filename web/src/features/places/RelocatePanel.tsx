import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, Pair, TextInput, useForm } from "@/design/form";
import { SkuPicker } from "@/features/catalog";
import { filled, positive } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { orNull } from "@/lib/values";
import { binTouches, relocate } from "./binQueries";

const touched = [...binTouches, "stock-levels", "inventory", "movements"];

/** Puts stock away, or moves it from one bin to another: with a scanner, field by field. */
export function RelocatePanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const warehouse = about.warehouse ?? "";
  const form = useForm({
    initial: {
      sku: about.sku ?? "",
      quantity: about.quantity ?? "",
      bin: about.from ?? "",
      lot: about.lot ?? "",
      serial: about.serial ?? "",
      to_bin: about.to ?? "",
    },
    check: (values) => ({
      sku: filled(values.sku, t`Choose a SKU.`),
      quantity: positive(values.quantity, t`Write a number above zero.`),
      to_bin: filled(values.to_bin, t`Scan or write the bin.`),
    }),
    save: async ({ sku, quantity, bin, lot, serial, to_bin }) => {
      const line = {
        sku,
        quantity,
        bin: orNull(bin),
        lot: orNull(lot),
        serial: orNull(serial),
        to_bin: to_bin.trim(),
      };
      const warnings = await save(relocate({ warehouse, lines: [line], reason: "moved" }), touched);
      notify(t`${quantity} of ${sku} lie in ${to_bin} now.`);
      for (const warning of warnings) notify(warning, { kind: "bad" });
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer
      title={t`Move inside ${warehouse}`}
      lead={t`On hand stays as it is; only where it lies changes. Without a bin it comes from what lies in none.`}
      form={form}
      submitLabel={t`Move`}
      onClose={onClose}
    >
      <SkuPicker
        label={t`SKU`}
        required
        autoFocus={!form.values.sku}
        value={form.values.sku}
        onChange={(sku) => form.set("sku", sku)}
        error={form.errors.sku}
      />
      <TextInput form={form} name="quantity" label={t`Quantity`} required numeric />
      <Pair>
        <TextInput form={form} name="bin" label={t`From bin`} code placeholder={t`In no bin`} />
        <TextInput form={form} name="to_bin" label={t`To bin`} required code autoFocus={Boolean(about.sku)} />
      </Pair>
      <Pair>
        <TextInput form={form} name="lot" label={t`Lot`} code />
        <TextInput form={form} name="serial" label={t`Serial`} code />
      </Pair>
    </FormDrawer>
  );
}
