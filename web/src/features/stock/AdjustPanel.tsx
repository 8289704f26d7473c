import { useLingui } from "@lingui/react/macro";
import { useMe } from "@/api";
import { FormDrawer, Pair, SelectInput, TextInput, useForm } from "@/design/form";
import { UnitInput } from "@/features/units";
import { filled, numberOrEmpty, positive } from "@/lib/checks";
import { add, isDecimal } from "@/lib/decimal";
import type { PanelProps } from "@/lib/feature";
import { quantity } from "@/lib/format";
import { orNull } from "@/lib/values";
import { adjust, useLevel } from "./queries";
import { useReasons } from "./reasons";
import { usePosted } from "./usePosted";
import { BeforeAfter, useStartWarehouse, Where } from "./Where";

/** Adds stock to a warehouse or takes it away, with the reason. */
export function AdjustPanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const post = usePosted();
  const reasons = useReasons();
  const currency = useMe()?.organization.currency ?? "";
  const form = useForm({
    initial: {
      sku: about.sku ?? "",
      warehouse: useStartWarehouse(about.warehouse),
      reason: about.reason ?? "received",
      amount: "",
      unit: "",
      unit_cost: "",
      note: "",
    },
    check: (values) => ({
      sku: filled(values.sku, t`Choose a SKU.`),
      warehouse: filled(values.warehouse, t`Choose a warehouse.`),
      amount: positive(values.amount, t`Write a number above zero.`),
      unit_cost: numberOrEmpty(values.unit_cost, t`Write a number, such as 2.50.`),
    }),
    save: async (values) => {
      const { reason, line } = written(values);
      await post(adjust({ ...reason, lines: [line] }), (made) => {
        const left = quantity(made.lines[0]?.on_hand ?? "0");
        return t`${values.sku} at ${values.warehouse}: ${left} on hand now.`;
      });
    },
    onSaved: onClose,
  });
  const reason = reasons.find((one) => one.value === form.values.reason);

  function written(values: typeof form.values) {
    const signed = reason?.takes ? `-${values.amount}` : values.amount;
    const cost = reason?.takes ? null : orNull(values.unit_cost);
    const line = {
      sku: values.sku,
      warehouse: values.warehouse,
      quantity: signed,
      unit: orNull(values.unit),
      note: orNull(values.note),
      ...(cost && { unit_cost: cost, currency }),
    };
    return {
      reason: { reason: values.reason, type: reason?.type ?? "adjustment", fact: reason?.fact ?? false },
      line,
    };
  }

  const { data: level } = useLevel(form.values.sku, form.values.warehouse);
  const after = afterwards(level?.on_hand, form.values, reason?.takes);
  return (
    <FormDrawer
      title={t`Adjust stock`}
      lead={t`Each adjustment is kept with who made it, and can be reversed.`}
      form={form}
      submitLabel={reason?.takes ? t`Take from stock` : t`Add to stock`}
      onClose={onClose}
    >
      <Where form={form} />
      <SelectInput form={form} name="reason" label={t`What happened?`} options={reasons} />
      <Pair>
        <TextInput
          form={form}
          name="amount"
          label={t`Quantity`}
          required
          numeric
          autoFocus={Boolean(about.sku)}
        />
        {!reason?.takes && (
          <TextInput
            form={form}
            name="unit_cost"
            label={t`Cost of one`}
            numeric
            prefix={currency}
            help={t`Empty: the product's cost price.`}
          />
        )}
      </Pair>
      <UnitInput
        sku={form.values.sku}
        value={form.values.unit}
        onChange={(unit) => form.set("unit", unit)}
        error={form.errors.unit}
      />
      <TextInput form={form} name="note" label={t`Note`} lines={2} />
      <BeforeAfter sku={form.values.sku} warehouse={form.values.warehouse} after={after} />
    </FormDrawer>
  );
}

/** What will be there, where it can be told: in another unit only the server knows. */
function afterwards(onHand = "0", { amount, unit }: { amount: string; unit: string }, takes = false) {
  if (unit || !isDecimal(amount)) return undefined;
  return add(onHand, takes ? `-${amount}` : amount);
}
