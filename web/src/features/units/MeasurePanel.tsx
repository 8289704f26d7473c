import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { notify } from "@/design";
import { type Errors, FormDrawer, Group, Pair, SelectInput, useForm } from "@/design/form";
import { filled, positive } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { orNull } from "@/lib/values";
import { type Holding, HoldsEditor } from "./HoldsEditor";
import { type Measure, measureProduct, useMeasure, useUnits } from "./queries";

/** Says how a product is measured. */
export function MeasurePanel({ about, onClose }: PanelProps) {
  const { data: measure } = useMeasure(about.id ?? "");
  return measure ? <MeasureForm measure={measure} onClose={onClose} /> : null;
}

function start(measure: Measure) {
  return {
    stock_unit: measure.stock_unit,
    purchase_unit: measure.purchase_unit ?? "",
    sale_unit: measure.sale_unit ?? "",
    holds: measure.holds.map((one, key): Holding => {
      const { unit, of, quantity, numerator, denominator } = one;
      return quantity === null
        ? { key, unit, of, quantity: numerator, per: denominator }
        : { key, unit, of, quantity, per: "1" };
    }),
  };
}

function MeasureForm({ measure, onClose }: { measure: Measure; onClose: () => void }) {
  const { t } = useLingui();
  const save = useSave();
  const units = useUnits().map(({ code }) => ({ value: code, label: code }));
  const form = useForm({
    initial: start(measure),
    check: ({ holds }) => {
      const errors: Errors = {};
      holds.forEach((one, place) => {
        errors[`holds.${place}.unit`] = filled(one.unit, t`Choose a unit.`);
        errors[`holds.${place}.quantity`] = positive(one.quantity, t`Write a number above zero.`);
        errors[`holds.${place}.of`] = filled(one.of, t`Choose a unit.`);
      });
      return errors;
    },
    save: async ({ stock_unit, purchase_unit, sale_unit, holds }) => {
      const body = {
        stock_unit,
        purchase_unit: orNull(purchase_unit),
        sale_unit: orNull(sale_unit),
        holds: holds.map(({ unit, of, quantity, per }) => ({ unit, of, quantity, per })),
      };
      await save(measureProduct(measure.product_id, body), ["units", "products"]);
      notify(t`The units are saved.`);
    },
    onSaved: onClose,
  });
  const choices = [{ value: "", label: t`Choose` }, ...units];
  return (
    <FormDrawer
      title={t`Units of this product`}
      lead={t`Stock is kept in its stock unit; whatever else is entered becomes it, exactly.`}
      form={form}
      submitLabel={t`Save`}
      onClose={onClose}
    >
      <SelectInput form={form} name="stock_unit" label={t`Stock unit`} required options={units} />
      <Pair>
        <SelectInput
          form={form}
          name="purchase_unit"
          label={t`Purchase unit`}
          options={units}
          none={t`The stock unit`}
        />
        <SelectInput
          form={form}
          name="sale_unit"
          label={t`Sale unit`}
          options={units}
          none={t`The stock unit`}
        />
      </Pair>
      <Group title={t`What holds what`}>
        <HoldsEditor
          holds={form.values.holds}
          onChange={(holds) => form.set("holds", holds)}
          errors={form.errors}
          units={choices}
        />
      </Group>
    </FormDrawer>
  );
}
