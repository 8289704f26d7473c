import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useChange, useSave } from "@/api";
import { notify, RemoveButton } from "@/design";
import { FormDrawer, Pair, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import { SkuPicker } from "@/features/catalog";
import { currencies } from "@/lib/choices";
import { isDecimal, sign } from "@/lib/decimal";
import type { PanelProps } from "@/lib/feature";
import { orNull, orNulls, texts } from "@/lib/values";
import { changeItem, createItem, itemQuery, removeItem } from "./queries";

/** Adds a SKU to what a supplier sells, or edits the one that the link names. */
export function SupplierItemPanel({ about, onClose }: PanelProps) {
  const { data: found } = useQuery({ ...itemQuery(about.id ?? ""), enabled: Boolean(about.id) });
  if (about.id && !found) return null;
  return <ItemForm item={found?.data} tag={found?.tag} supplier={about.supplier ?? ""} onClose={onClose} />;
}

type Item = Awaited<ReturnType<typeof createItem>>;

interface ItemFormProps {
  item: Item | undefined;
  tag: string | null | undefined;
  supplier: string;
  onClose: () => void;
}

function start(item: Item | undefined) {
  return {
    ...texts(item, ["sku", "supplier_sku", "price", "currency", "lead_time_days"]),
    minimum_quantity: item?.minimum_quantity ?? "1",
    pack_size: item?.pack_size ?? "1",
    preferred: item?.preferred ?? false,
  };
}

function bodyOf({
  supplier_sku,
  price,
  currency,
  lead_time_days,
  minimum_quantity,
  pack_size,
  preferred,
}: ReturnType<typeof start>) {
  const days = orNull(lead_time_days);
  return {
    ...orNulls({ supplier_sku, price, currency }),
    lead_time_days: days === null ? null : Number(days),
    minimum_quantity,
    pack_size,
    preferred,
  };
}

function ItemForm({ item, tag, supplier, onClose }: ItemFormProps) {
  const { t } = useLingui();
  const save = useSave();
  const touches = ["supplier-items", "reorder"];
  const remove = useChange({
    change: (id: string) => removeItem(id),
    touches,
    said: () => t`The item is removed.`,
  });
  const positive = (text: string) =>
    isDecimal(text) && sign(text) > 0 ? undefined : t`Write a number above zero.`;
  const form = useForm({
    initial: start(item),
    check: (values) => ({
      sku: values.sku ? undefined : t`Choose a SKU.`,
      price: !values.price || isDecimal(values.price) ? undefined : t`Write a number, such as 12.50.`,
      lead_time_days: /^\d{0,3}$/.test(values.lead_time_days) ? undefined : t`Write a whole number of days.`,
      minimum_quantity: positive(values.minimum_quantity),
      pack_size: positive(values.pack_size),
    }),
    save: async (values) => {
      const body = bodyOf(values);
      const sku = values.sku;
      await save(item ? changeItem(item.id, body, tag) : createItem(supplier, { ...body, sku }), touches);
      notify(t`${sku} is saved.`);
    },
    onSaved: onClose,
  });
  const extra = item && (
    <RemoveButton
      name={item.sku}
      busy={remove.isPending}
      onRemove={() => remove.mutate(item.id, { onSuccess: onClose })}
    >
      {t`The supplier no longer sells it to you. Nothing else changes.`}
    </RemoveButton>
  );
  return (
    <FormDrawer
      title={item ? t`Edit ${item.sku}` : t`Add an item`}
      form={form}
      submitLabel={item ? t`Save` : t`Add item`}
      onClose={onClose}
      extra={extra}
    >
      {!item && (
        <SkuPicker
          label={t`SKU`}
          required
          autoFocus
          value={form.values.sku}
          onChange={(sku) => form.set("sku", sku)}
          error={form.errors.sku}
        />
      )}
      <TextInput
        form={form}
        name="supplier_sku"
        label={t`Their code`}
        code
        help={t`What the supplier calls it.`}
      />
      <Pair>
        <TextInput form={form} name="price" label={t`Price of one`} numeric placeholder="0.00" />
        <SelectInput
          form={form}
          name="currency"
          label={t`Currency`}
          options={currencies()}
          none={t`As the supplier`}
        />
      </Pair>
      <Pair>
        <TextInput form={form} name="minimum_quantity" label={t`Least order`} numeric />
        <TextInput
          form={form}
          name="pack_size"
          label={t`Pack size`}
          numeric
          help={t`Orders are rounded up to whole packs.`}
        />
      </Pair>
      <TextInput
        form={form}
        name="lead_time_days"
        label={t`Lead time`}
        numeric
        suffix={t`days`}
        help={t`Empty: the supplier's own.`}
      />
      <SwitchInput
        form={form}
        name="preferred"
        label={t`Preferred`}
        help={t`Reorder suggestions for this SKU go here.`}
      />
    </FormDrawer>
  );
}
