import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, Group, Pair, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import { currencies } from "@/lib/choices";
import type { PanelProps } from "@/lib/feature";
import { orNulls, texts } from "@/lib/values";
import { changeSupplier, createSupplier, type Supplier, supplierQuery } from "./queries";

/** Adds a supplier, or edits the one that the link names. */
export function SupplierPanel({ about, onClose }: PanelProps) {
  const { data: found } = useQuery({ ...supplierQuery(about.id ?? ""), enabled: Boolean(about.id) });
  if (about.id && !found) return null;
  return <SupplierForm supplier={found?.data} tag={found?.tag} onClose={onClose} />;
}

const optional = [
  "contact_name",
  "contact_email",
  "contact_phone",
  "address",
  "payment_terms",
  "shipping_terms",
  "currency",
  "tax_id",
  "notes",
] as const;

function start(supplier: Supplier | undefined) {
  return {
    ...texts(supplier, [...optional, "code", "name"]),
    lead_time_days: String(supplier?.lead_time_days ?? 7),
    active: supplier?.active ?? true,
  };
}

interface SupplierFormProps {
  supplier: Supplier | undefined;
  tag: string | null | undefined;
  onClose: () => void;
}

function SupplierForm({ supplier, tag, onClose }: SupplierFormProps) {
  const { t } = useLingui();
  const save = useSave();
  const form = useForm({
    initial: start(supplier),
    check: (values) => ({
      code: values.code.trim() ? undefined : t`Give it a short code.`,
      name: values.name.trim() ? undefined : t`Give it a name.`,
      lead_time_days: /^\d{1,3}$/.test(values.lead_time_days) ? undefined : t`Write a whole number of days.`,
    }),
    save: async ({ code, name, lead_time_days, active, ...rest }) => {
      const body = {
        ...orNulls(rest),
        code: code.trim(),
        name: name.trim(),
        lead_time_days: Number(lead_time_days),
        active,
      };
      const made = await save(supplier ? changeSupplier(supplier.id, body, tag) : createSupplier(body), [
        "suppliers",
        "supplier-items",
      ]);
      notify(t`${made.name} is saved.`);
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer
      title={supplier ? t`Edit supplier` : t`New supplier`}
      form={form}
      submitLabel={supplier ? t`Save` : t`Add supplier`}
      onClose={onClose}
    >
      <TextInput form={form} name="name" label={t`Name`} required autoFocus />
      <Pair>
        <TextInput form={form} name="code" label={t`Code`} required code />
        <SelectInput
          form={form}
          name="currency"
          label={t`Currency`}
          options={currencies()}
          none={t`As the organization`}
        />
      </Pair>
      <TextInput
        form={form}
        name="lead_time_days"
        label={t`Lead time`}
        numeric
        suffix={t`days`}
        help={t`From ordering to receiving; an item may have its own.`}
      />
      <SwitchInput
        form={form}
        name="active"
        label={t`Active`}
        help={t`When off, nothing is suggested to be bought here.`}
      />
      <Group title={t`Contact`}>
        <TextInput form={form} name="contact_name" label={t`Person`} />
        <Pair>
          <TextInput form={form} name="contact_email" label={t`E-mail`} type="email" />
          <TextInput form={form} name="contact_phone" label={t`Phone`} type="tel" />
        </Pair>
        <TextInput form={form} name="address" label={t`Address`} lines={2} />
      </Group>
      <Group title={t`Terms`}>
        <Pair>
          <TextInput form={form} name="payment_terms" label={t`Payment`} placeholder={t`30 days net`} />
          <TextInput form={form} name="shipping_terms" label={t`Shipping`} />
        </Pair>
        <TextInput form={form} name="tax_id" label={t`Tax number`} />
        <TextInput form={form} name="notes" label={t`Notes`} lines={3} />
      </Group>
    </FormDrawer>
  );
}
