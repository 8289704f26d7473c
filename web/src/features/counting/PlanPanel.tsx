import { useLingui } from "@lingui/react/macro";
import { type Schema, useSave } from "@/api";
import {
  type Errors,
  type Form,
  FormDrawer,
  Group,
  Pair,
  SelectInput,
  SwitchInput,
  TextInput,
  useForm,
} from "@/design/form";
import { SkuPicker, useCategories } from "@/features/catalog";
import { useWarehouseOptions, WarehousesMissing } from "@/features/places";
import { isDecimal } from "@/lib/decimal";
import type { PanelProps } from "@/lib/feature";
import { useGo } from "@/lib/navigation";
import { orNull } from "@/lib/values";
import { planCount, touches } from "./queries";

const isWhole = (text: string) => /^[1-9]\d{0,4}$/.test(text.trim());

function initial(about: Record<string, string>) {
  return {
    warehouse: about.warehouse ?? "",
    what: about.what ?? (about.sku ? "sku" : "all"),
    sku: about.sku ?? "",
    category: "",
    abc: about.abc ?? "A",
    sample: "20",
    value: "1000",
    name: "",
    blind: true,
    counters: "1",
    start: true,
  };
}

type Values = ReturnType<typeof initial>;

/** What of the warehouse is counted, as the API takes it. */
function scope({ what, sku, category, abc, sample, value }: Values): Partial<Schema<"CountIn">> {
  const narrowed: Record<string, Partial<Schema<"CountIn">>> = {
    sku: { skus: [sku] },
    category: { categories: [category] },
    class: { abc: abc as "A" | "B" | "C" },
    value: { value_above: value.trim() },
    sample: { sample: Number(sample), seed: Math.floor(Date.now() / 1000) },
    suspicious: { suspicious: true },
  };
  const found = narrowed[what];
  return found ? { kind: "cycle", ...found } : { kind: "full" };
}

function useCheck() {
  const { t } = useLingui();
  /** What each choice needs said beside it. */
  const needs: Record<string, (values: Values) => [fits: boolean, otherwise: string]> = {
    sku: ({ sku }) => [sku !== "", t`Choose a SKU.`],
    category: ({ category }) => [category !== "", t`Choose a category.`],
    sample: ({ sample }) => [isWhole(sample), t`A whole number, please.`],
    value: ({ value }) => [isDecimal(value), t`An amount, please.`],
  };
  return (values: Values): Errors => {
    const [fits, otherwise] = needs[values.what]?.(values) ?? [true, ""];
    return {
      warehouse: values.warehouse ? undefined : t`Choose where.`,
      [values.what]: fits ? undefined : otherwise,
    };
  };
}

/** Plans a count, and by choice begins it at once. */
export function PlanPanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const go = useGo();
  const form = useForm({
    initial: initial(about),
    check: useCheck(),
    save: async (values) => {
      const { warehouse, name, blind, counters, start } = values;
      const body = {
        warehouse,
        name: orNull(name),
        blind,
        counters: Number(counters),
        start,
        ...scope(values),
      };
      const made = await save(planCount({ suspicious: false, seed: 0, ...body }), touches);
      go(start ? `/counts/${made.number}/shelf` : `/counts/${made.number}`);
    },
  });
  return (
    <FormDrawer
      title={t`New count`}
      lead={t`Stock keeps moving while it is counted: what is posted is the difference, not the number.`}
      form={form}
      submitLabel={form.values.start ? t`Start counting` : t`Plan count`}
      onClose={onClose}
    >
      <WarehousesMissing least={1} />
      <SelectInput
        form={form}
        name="warehouse"
        label={t`Where`}
        required
        options={useWarehouseOptions()}
        none={t`Choose one`}
      />
      <What form={form} />
      <TextInput form={form} name="name" label={t`Name`} placeholder={t`Year end, shelf 3 …`} />
      <Group title={t`How`}>
        <SwitchInput
          form={form}
          name="blind"
          label={t`Blind`}
          help={t`Whoever counts does not see how many there should be.`}
        />
        <SelectInput
          form={form}
          name="counters"
          label={t`Counters`}
          options={[
            { value: "1", label: t`One: each line is counted once` },
            { value: "2", label: t`Two: each line is counted by two people` },
          ]}
        />
        <SwitchInput form={form} name="start" label={t`Start now`} />
      </Group>
    </FormDrawer>
  );
}

function What({ form }: { form: Form<Values> }) {
  const { t } = useLingui();
  const { what } = form.values;
  const { rows } = useCategories();
  return (
    <Pair>
      <SelectInput
        form={form}
        name="what"
        label={t`What`}
        options={[
          { value: "all", label: t`Everything that lies there` },
          { value: "category", label: t`A category` },
          { value: "sku", label: t`One SKU` },
          { value: "class", label: t`A class (ABC)` },
          { value: "value", label: t`What is worth much` },
          { value: "sample", label: t`A random sample` },
          { value: "suspicious", label: t`What looks wrong` },
        ]}
      />
      {what === "category" && (
        <SelectInput
          form={form}
          name="category"
          label={t`Category`}
          required
          options={rows.map(({ id, name }) => ({ value: id, label: name }))}
          none={t`Choose one`}
        />
      )}
      {what === "sku" && (
        <SkuPicker
          label={t`SKU`}
          value={form.values.sku}
          onChange={(sku) => form.set("sku", sku)}
          error={form.errors.sku}
          required
        />
      )}
      {what === "class" && (
        <SelectInput
          form={form}
          name="abc"
          label={t`Class`}
          options={["A", "B", "C"].map((value) => ({ value, label: value }))}
        />
      )}
      {what === "value" && <TextInput form={form} name="value" label={t`Worth at least`} numeric required />}
      {what === "sample" && <TextInput form={form} name="sample" label={t`How many`} numeric required />}
    </Pair>
  );
}
