import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type Schema, useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, Group, Pair, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import type { PanelProps } from "@/lib/feature";
import { orNulls, texts } from "@/lib/values";
import { changeWarehouse, createWarehouse, type Warehouse, warehouseQuery } from "./queries";
import { useKinds } from "./words";

/** Adds a warehouse, or edits the one that the link names. */
export function WarehousePanel({ about, onClose }: PanelProps) {
  const { data: found } = useQuery({ ...warehouseQuery(about.id ?? ""), enabled: Boolean(about.id) });
  if (about.id && !found) return null;
  return <WarehouseForm warehouse={found?.data} tag={found?.tag} onClose={onClose} />;
}

const optional = [
  "address",
  "city",
  "region",
  "postal_code",
  "country",
  "contact_name",
  "contact_email",
  "contact_phone",
  "latitude",
  "longitude",
] as const;

function start(warehouse: Warehouse | undefined) {
  return {
    ...texts(warehouse, [...optional, "code", "name"]),
    kind: warehouse?.kind ?? "warehouse",
    priority: String(warehouse?.priority ?? 100),
    active: warehouse?.active ?? true,
    uses_bins: warehouse?.uses_bins ?? false,
  };
}

function bodyOf({
  code,
  name,
  kind,
  priority,
  active,
  uses_bins,
  ...rest
}: ReturnType<typeof start>): Schema<"WarehouseIn"> {
  return {
    ...orNulls(rest),
    code: code.trim(),
    name: name.trim(),
    kind: kind as Schema<"WarehouseIn">["kind"],
    priority: Number(priority),
    active,
    uses_bins,
  };
}

interface WarehouseFormProps {
  warehouse: Warehouse | undefined;
  tag: string | null | undefined;
  onClose: () => void;
}

function WarehouseForm({ warehouse, tag, onClose }: WarehouseFormProps) {
  const { t } = useLingui();
  const save = useSave();
  const kinds = useKinds();
  const form = useForm({
    initial: start(warehouse),
    check: (values) => ({
      code: values.code.trim() ? undefined : t`Give it a short code, such as MAIN.`,
      name: values.name.trim() ? undefined : t`Give it a name.`,
      priority: /^\d{1,5}$/.test(values.priority) ? undefined : t`Write a whole number from 0 to 10000.`,
    }),
    save: async (values) => {
      const body = bodyOf(values);
      const made = await save(warehouse ? changeWarehouse(warehouse.id, body, tag) : createWarehouse(body), [
        "warehouses",
        "stock-levels",
      ]);
      notify(t`${made.name} is saved.`);
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer
      title={warehouse ? t`Edit warehouse` : t`New warehouse`}
      form={form}
      submitLabel={warehouse ? t`Save` : t`Add warehouse`}
      onClose={onClose}
    >
      <TextInput form={form} name="name" label={t`Name`} required autoFocus />
      <Pair>
        <TextInput
          form={form}
          name="code"
          label={t`Code`}
          required
          code
          help={t`Short, as on labels and in files.`}
        />
        <SelectInput form={form} name="kind" label={t`Type`} options={kinds} />
      </Pair>
      <TextInput
        form={form}
        name="priority"
        label={t`Priority`}
        numeric
        help={t`Orders are filled from the warehouse with the lowest number first.`}
      />
      <SwitchInput
        form={form}
        name="active"
        label={t`Serves orders`}
        help={t`When off, its stock is counted but not sold.`}
      />
      <SwitchInput
        form={form}
        name="uses_bins"
        label={t`Uses bins`}
        help={t`Stock lies in zones, shelves and bins, and is put away after it comes in.`}
      />
      <Group title={t`Address`}>
        <TextInput form={form} name="address" label={t`Street`} />
        <Pair>
          <TextInput form={form} name="city" label={t`City`} />
          <TextInput form={form} name="postal_code" label={t`Postal code`} />
        </Pair>
        <Pair>
          <TextInput form={form} name="region" label={t`State or region`} />
          <TextInput form={form} name="country" label={t`Country`} />
        </Pair>
        <Pair>
          <TextInput form={form} name="latitude" label={t`Latitude`} numeric help={t`Such as 51.5074.`} />
          <TextInput form={form} name="longitude" label={t`Longitude`} numeric help={t`Such as -0.1278.`} />
        </Pair>
      </Group>
      <Group title={t`Contact`}>
        <TextInput form={form} name="contact_name" label={t`Person`} />
        <Pair>
          <TextInput form={form} name="contact_email" label={t`E-mail`} type="email" />
          <TextInput form={form} name="contact_phone" label={t`Phone`} type="tel" />
        </Pair>
      </Group>
    </FormDrawer>
  );
}
