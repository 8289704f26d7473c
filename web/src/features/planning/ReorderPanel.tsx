import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useSave } from "@/api";
import { Facts, notify, Quantity } from "@/design";
import { FormDrawer, Pair, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import { numberOrEmpty } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { percent } from "@/lib/format";
import { orNull, texts } from "@/lib/values";
import { type Policy, policyQuery, reorderQuery, type Suggestion, setPolicy, touches } from "./queries";
import { Reasons } from "./Reasons";

/** How a SKU is reordered at a warehouse; what is left empty is computed. */
export function ReorderPanel({ about, onClose }: PanelProps) {
  const { sku = "", warehouse = "" } = about;
  const { data: row } = useQuery(reorderQuery(sku, warehouse));
  const { data: policy } = useQuery({ ...policyQuery(row?.id ?? ""), enabled: Boolean(row) });
  if (row === undefined || (row && !policy)) return null;
  return <PolicyForm sku={sku} warehouse={warehouse} row={row} policy={policy} onClose={onClose} />;
}

interface PolicyFormProps {
  sku: string;
  warehouse: string;
  row: Suggestion | null;
  policy: Policy | undefined;
  onClose: () => void;
}

const levels = ["0.8", "0.9", "0.95", "0.98"];

function start(policy: Policy | undefined) {
  return {
    ...texts(policy, ["manual_point", "manual_quantity", "lead_days"]),
    review_days: String(policy?.review_days ?? 7),
    service_level: policy?.service_level ?? "0.95",
    active: policy?.active ?? true,
  };
}

function bodyOf({ manual_point, manual_quantity, lead_days, ...rest }: ReturnType<typeof start>) {
  const days = orNull(lead_days);
  return {
    manual_point: orNull(manual_point),
    manual_quantity: orNull(manual_quantity),
    lead_days: days === null ? null : Number(days),
    review_days: Number(rest.review_days),
    service_level: rest.service_level,
    active: rest.active,
  };
}

function PolicyForm({ sku, warehouse, row, policy, onClose }: PolicyFormProps) {
  const { t } = useLingui();
  const save = useSave();
  const form = useForm({
    initial: start(policy),
    check: (values) => ({
      manual_point: numberOrEmpty(values.manual_point, t`Write a number, or leave it empty.`),
      manual_quantity: numberOrEmpty(values.manual_quantity, t`Write a number, or leave it empty.`),
      lead_days: /^\d{0,3}$/.test(values.lead_days) ? undefined : t`Write a whole number of days.`,
      review_days: /^[1-9]\d{0,2}$/.test(values.review_days) ? undefined : t`Write a whole number of days.`,
    }),
    save: async (values) => {
      await save(setPolicy({ sku, warehouse, ...bodyOf(values) }), touches);
      notify(t`Reordering of ${sku} in ${warehouse} is saved.`);
    },
    onSaved: onClose,
  });
  const choices = [...new Set([...levels, form.values.service_level])].map((value) => ({
    value,
    label: percent(Number(value), 1),
  }));
  return (
    <FormDrawer
      title={t`Reorder ${sku} in ${warehouse}`}
      lead={row?.name}
      form={form}
      submitLabel={t`Save`}
      onClose={onClose}
    >
      {row && <Now row={row} />}
      <Pair>
        <TextInput
          form={form}
          name="manual_point"
          label={t`Reorder point by hand`}
          numeric
          help={t`Empty: the computed one holds. Set, it is never overwritten.`}
        />
        <TextInput
          form={form}
          name="manual_quantity"
          label={t`Quantity by hand`}
          numeric
          help={t`Empty: fill up to the level.`}
        />
      </Pair>
      <Pair>
        <TextInput
          form={form}
          name="lead_days"
          label={t`Lead time`}
          numeric
          suffix={t`days`}
          help={t`Empty: the supplier's.`}
        />
        <TextInput form={form} name="review_days" label={t`Looked at every`} numeric suffix={t`days`} />
      </Pair>
      <SelectInput
        form={form}
        name="service_level"
        label={t`Service level`}
        options={choices}
        help={t`In so many of 100 cases stock shall last until the next order arrives.`}
      />
      <SwitchInput form={form} name="active" label={t`Reorder here`} help={t`Off: never suggested.`} />
    </FormDrawer>
  );
}

/** What holds now, for whoever decides on other numbers. */
function Now({ row }: { row: Suggestion }) {
  const { t } = useLingui();
  return (
    <Facts
      items={[
        { label: t`Computed point`, value: <Quantity value={row.computed_point} /> },
        { label: t`Safety stock`, value: <Quantity value={row.safety_stock} /> },
        { label: t`Available`, value: <Quantity value={row.available} /> },
        {
          label: t`To order now`,
          value: (
            <>
              <Quantity value={row.quantity} /> <Reasons row={row} />
            </>
          ),
        },
      ]}
    />
  );
}
