import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, Pair, TextInput, useForm } from "@/design/form";
import { notNegative } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { getRegion, money, quantity } from "@/lib/format";
import { orNull } from "@/lib/values";
import { tellCost, touches } from "./queries";

/** Says what one unit of a received line truly cost. */
export function CostPanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const { posting = "", line = "1", sku = "", units = "0" } = about;
  const form = useForm({
    initial: { unit_cost: "", currency: getRegion().currency, document: "", note: "" },
    check: ({ unit_cost, currency }) => ({
      unit_cost: notNegative(unit_cost, t`Write what one unit cost.`),
      currency: /^[A-Za-z]{3}$/.test(currency) ? undefined : t`Write three letters, such as EUR.`,
    }),
    save: async ({ unit_cost, currency, document, note }) => {
      const lines = [{ posting_id: posting, line: Number(line), unit_cost, currency }];
      const entry = await save(tellCost({ lines, document: orNull(document), note: orNull(note) }), touches);
      const stock = money(entry.stock);
      const sold = money(entry.sold);
      notify(t`C-${entry.number}: ${stock} to stock, ${sold} to sales.`);
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer
      title={t`What did ${sku} cost?`}
      lead={t`${quantity(units)} units were received. What is sold already is corrected.`}
      form={form}
      submitLabel={t`Enter the cost`}
      onClose={onClose}
    >
      <Pair>
        <TextInput form={form} name="unit_cost" label={t`Cost of one unit`} numeric required autoFocus />
        <TextInput
          form={form}
          name="currency"
          label={t`Currency`}
          code
          help={t`At the rate of the day it came.`}
        />
      </Pair>
      <TextInput
        form={form}
        name="document"
        label={t`Document`}
        help={t`The supplier's bill, for example.`}
      />
      <TextInput form={form} name="note" label={t`Note`} lines={2} />
    </FormDrawer>
  );
}
