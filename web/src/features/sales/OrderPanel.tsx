import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type Schema, useMe, useSave } from "@/api";
import { notify } from "@/design";
import {
  type Errors,
  type Form,
  FormDrawer,
  Group,
  Pair,
  SelectInput,
  TextInput,
  useForm,
} from "@/design/form";
import { checkLines, type Line, LinesEditor, newLine, productOf } from "@/features/catalog";
import { type Customer, CustomerPicker } from "@/features/partners";
import { useWarehouseOptions } from "@/features/places";
import { add, isDecimal, multiply } from "@/lib/decimal";
import type { PanelProps } from "@/lib/feature";
import { money } from "@/lib/format";
import { useGo } from "@/lib/navigation";
import { orNull } from "@/lib/values";
import { createOrder, touches } from "./queries";

function start(sku: string | undefined) {
  return {
    lines: [newLine(sku)] as Line[],
    customer: null as Customer | null,
    warehouse: "",
    on_shortage: "refuse",
    shipping: "",
    discount: "",
    tax: "",
    note: "",
  };
}

type Values = ReturnType<typeof start>;

const kinds = ["shipping", "discount", "tax"] as const;

function bodyOf(values: Values): Schema<"OrderIn"> {
  return {
    lines: values.lines.map((line) => ({
      sku: line.sku,
      quantity: line.quantity,
      unit_price: line.price || "0",
      discount: "0",
    })),
    customer_id: values.customer?.id ?? null,
    channel: "manual",
    warehouse: orNull(values.warehouse),
    charges: kinds.filter((kind) => values[kind]).map((kind) => ({ kind, amount: values[kind], code: "" })),
    note: orNull(values.note),
    on_shortage: values.on_shortage as Schema<"OrderIn">["on_shortage"],
  };
}

/** What the customer will pay, as far as it can be told yet. */
function totalOf(values: Values): string {
  const number = (text: string) => (isDecimal(text) ? text : "0");
  const items = values.lines.reduce(
    (sum, line) => add(sum, multiply(number(line.quantity), number(line.price ?? ""))),
    "0",
  );
  const charged = add(add(items, number(values.shipping)), number(values.tax));
  return add(charged, multiply(number(values.discount), "-1"));
}

/** Writes an order by hand. Saving it reserves the stock. */
export function OrderPanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const go = useGo();
  const save = useSave();
  const form = useForm({
    initial: start(about.sku),
    check: (values): Errors => ({
      ...checkLines(values.lines, {
        sku: t`Choose a SKU.`,
        quantity: t`Above zero, please.`,
        price: t`Write a number.`,
      }),
      ...Object.fromEntries(
        kinds.map((kind) => [
          kind,
          !values[kind] || isDecimal(values[kind]) ? undefined : t`Write a number.`,
        ]),
      ),
    }),
    save: async (values) => {
      const made = await save(createOrder(bodyOf(values)), touches);
      notify(t`${made.number} is written; its stock is reserved.`, {
        action: { label: t`Open`, run: () => go(`/orders/${made.number}`) },
      });
    },
    onSaved: onClose,
  });
  const currency = useMe()?.organization.currency;
  const total = money(totalOf(form.values), currency);
  return (
    <FormDrawer
      title={t`New order`}
      lead={t`Total ${total}`}
      form={form}
      submitLabel={t`Write order`}
      onClose={onClose}
      width={560}
    >
      <CustomerPicker
        label={t`Customer`}
        help={t`May stay empty for a sale over the counter.`}
        value={form.values.customer}
        onChange={(customer) => form.set("customer", customer)}
      />
      <Lines form={form} />
      <Group title={t`Charges`}>
        <Pair>
          <TextInput form={form} name="shipping" label={t`Shipping`} numeric placeholder="0.00" />
          <TextInput form={form} name="tax" label={t`Tax`} numeric placeholder="0.00" />
        </Pair>
        <TextInput
          form={form}
          name="discount"
          label={t`Discount`}
          numeric
          placeholder="0.00"
          help={t`An amount off the whole order.`}
        />
      </Group>
      <Group title={t`Stock`}>
        <Pair>
          <SelectInput
            form={form}
            name="warehouse"
            label={t`From`}
            options={useWarehouseOptions()}
            none={t`By priority`}
          />
          <SelectInput
            form={form}
            name="on_shortage"
            label={t`If stock is short`}
            options={[
              { value: "refuse", label: t`Do not write the order` },
              { value: "backorder", label: t`Let the rest wait for stock` },
            ]}
          />
        </Pair>
      </Group>
      <TextInput form={form} name="note" label={t`Note`} lines={2} />
    </FormDrawer>
  );
}

function Lines({ form }: { form: Form<Values> }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  /** A line that has just been given a SKU takes the product's selling price. */
  const change = async (lines: Line[]) => {
    form.set("lines", lines);
    const fresh = lines.find((line) => line.sku && line.price === undefined);
    if (!fresh) return;
    const product = await productOf(queries, fresh.sku);
    const priced = { ...fresh, price: product?.selling_price ?? "0" };
    form.set(
      "lines",
      lines.map((line) => (line.key === fresh.key ? priced : line)),
    );
  };
  return (
    <Group title={t`Lines`}>
      <LinesEditor
        lines={form.values.lines}
        onChange={(lines) => void change(lines)}
        errors={form.errors}
        priced
      />
    </Group>
  );
}
