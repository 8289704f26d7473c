import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useChange, useSave } from "@/api";
import { notify, RemoveButton } from "@/design";
import { FormDrawer, Group, Pair, TextInput, useForm } from "@/design/form";
import type { PanelProps } from "@/lib/feature";
import { orNull, orNulls, texts } from "@/lib/values";
import {
  type Customer,
  type CustomerBody,
  changeCustomer,
  createCustomer,
  customerQuery,
  removeCustomer,
} from "./queries";

/** Adds a customer, or edits the one that the link names. */
export function CustomerPanel({ about, onClose }: PanelProps) {
  const { data: found } = useQuery({ ...customerQuery(about.id ?? ""), enabled: Boolean(about.id) });
  if (about.id && !found) return null;
  return <CustomerForm customer={found?.data} tag={found?.tag} onClose={onClose} />;
}

const address = ["line1", "line2", "city", "region", "postal_code"] as const;
const fields = ["code", "name", "email", "phone", "country", "notes"] as const;

function start(customer: Customer | undefined) {
  return { ...texts(customer, fields), ...texts(customer?.shipping_address ?? undefined, address) };
}

/** What else an address holds (a name, a phone) is kept. */
function bodyOf(values: ReturnType<typeof start>, before: Customer | undefined): CustomerBody {
  const { code, name, email, phone, country, notes, ...rest } = values;
  const own = orNulls({ ...rest });
  const known = Object.values(own).some(Boolean);
  return {
    ...orNulls({ code, email, phone, country, notes }),
    name: name.trim(),
    shipping_address: known ? { ...before?.shipping_address, ...own, country: orNull(country) } : null,
  };
}

interface CustomerFormProps {
  customer: Customer | undefined;
  tag: string | null | undefined;
  onClose: () => void;
}

function CustomerForm({ customer, tag, onClose }: CustomerFormProps) {
  const { t } = useLingui();
  const save = useSave();
  const remove = useChange({
    change: (id: string) => removeCustomer(id),
    touches: ["customers"],
    said: () => t`The customer is removed.`,
  });
  const form = useForm({
    initial: start(customer),
    check: ({ name }) => ({ name: name.trim() ? undefined : t`Give the customer a name.` }),
    save: async (values) => {
      const body = bodyOf(values, customer);
      const made = await save(customer ? changeCustomer(customer.id, body, tag) : createCustomer(body), [
        "customers",
      ]);
      notify(t`${made.name} is saved.`);
    },
    onSaved: onClose,
  });
  const extra = customer && (
    <RemoveButton
      name={customer.name}
      busy={remove.isPending}
      onRemove={() => remove.mutate(customer.id, { onSuccess: onClose })}
    >
      {t`A customer with orders is archived instead: nothing recorded is lost.`}
    </RemoveButton>
  );
  return (
    <FormDrawer
      title={customer ? t`Edit customer` : t`New customer`}
      form={form}
      submitLabel={customer ? t`Save` : t`Add customer`}
      onClose={onClose}
      extra={extra}
    >
      <TextInput form={form} name="name" label={t`Name`} required autoFocus />
      <TextInput
        form={form}
        name="code"
        label={t`Code`}
        code
        help={t`What other systems call them; may stay empty.`}
      />
      <Pair>
        <TextInput form={form} name="email" label={t`E-mail`} type="email" />
        <TextInput form={form} name="phone" label={t`Phone`} type="tel" />
      </Pair>
      <Group title={t`Shipping address`}>
        <TextInput form={form} name="line1" label={t`Street`} />
        <TextInput form={form} name="line2" label={t`Second line`} />
        <Pair>
          <TextInput form={form} name="city" label={t`City`} />
          <TextInput form={form} name="postal_code" label={t`Postal code`} />
        </Pair>
        <Pair>
          <TextInput form={form} name="region" label={t`State or region`} />
          <TextInput form={form} name="country" label={t`Country`} />
        </Pair>
      </Group>
      <TextInput form={form} name="notes" label={t`Notes`} lines={3} />
    </FormDrawer>
  );
}
