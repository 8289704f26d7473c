import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useMe, useSave } from "@/api";
import { notify } from "@/design";
import { type Errors, FormDrawer, Group, Pair, SelectInput, TextInput, useForm } from "@/design/form";
import { currencies } from "@/lib/choices";
import { isDecimal } from "@/lib/decimal";
import type { PanelProps } from "@/lib/feature";
import { useGo } from "@/lib/navigation";
import { listed, orNulls, texts } from "@/lib/values";
import { useProductStatuses } from "./ProductStatus";
import { changeProduct, createProduct, type Product, productQuery, useCategories } from "./queries";
import { flat } from "./tree";

const touches = ["products", "categories", "stock-levels", "inventory"];

/** Adds a product, or edits the one that the link names. */
export function ProductPanel({ about, onClose }: PanelProps) {
  const { data: found } = useQuery({ ...productQuery(about.id ?? ""), enabled: Boolean(about.id) });
  if (about.id && !found) return null;
  return <ProductForm product={found?.data} tag={found?.tag} onClose={onClose} />;
}

const fields = [
  "sku",
  "name",
  "description",
  "barcodes",
  "cost_price",
  "selling_price",
  "category_id",
  "tags",
] as const;

function useStart(product: Product | undefined) {
  const currency = useMe()?.organization.currency ?? "GBP";
  return {
    ...texts(product, fields),
    currency: product?.currency ?? currency,
    status: product?.status ?? "active",
  };
}

type Values = ReturnType<typeof useStart>;

function bodyOf({ sku, name, barcodes, tags, currency, status, ...rest }: Values) {
  return {
    ...orNulls(rest),
    sku: sku.trim(),
    name: name.trim(),
    barcodes: listed(barcodes),
    tags: listed(tags),
    currency,
    status: status as "active" | "draft" | "archived",
  };
}

interface ProductFormProps {
  product: Product | undefined;
  tag: string | null | undefined;
  onClose: () => void;
}

function ProductForm({ product, tag, onClose }: ProductFormProps) {
  const { t } = useLingui();
  const go = useGo();
  const save = useSave();
  const { branches } = useCategories();
  const statuses = useProductStatuses();
  const price = (text: string) =>
    !text.trim() || isDecimal(text) ? undefined : t`Write a number, such as 12.50.`;
  const form = useForm({
    initial: useStart(product),
    check: (values): Errors => ({
      sku: values.sku.trim() ? undefined : t`Each product needs a SKU.`,
      name: values.name.trim() ? undefined : t`Give the product a name.`,
      cost_price: price(values.cost_price),
      selling_price: price(values.selling_price),
    }),
    save: async (values) => {
      const body = bodyOf(values);
      const made = await save(product ? changeProduct(product.id, body, tag) : createProduct(body), touches);
      const action = { label: t`Open`, run: () => go(`/products/${made.id}`) };
      notify(t`${made.name} is saved.`, product ? {} : { action });
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer
      title={product ? t`Edit product` : t`New product`}
      lead={product?.sku}
      form={form}
      submitLabel={product ? t`Save` : t`Add product`}
      onClose={onClose}
    >
      <TextInput form={form} name="name" label={t`Name`} required autoFocus />
      <Pair>
        <TextInput
          form={form}
          name="sku"
          label={t`SKU`}
          required
          code
          help={t`Your own code; upper and lower case are the same.`}
        />
        <SelectInput
          form={form}
          name="status"
          label={t`Status`}
          options={product ? statuses : statuses.slice(0, 2)}
        />
      </Pair>
      <TextInput form={form} name="description" label={t`Description`} lines={3} />
      <SelectInput
        form={form}
        name="category_id"
        label={t`Category`}
        none={t`No category`}
        options={flat(branches).map(({ row, path }) => ({ value: row.id, label: path }))}
      />
      <Group title={t`Prices`}>
        <Pair>
          <TextInput form={form} name="cost_price" label={t`Cost`} numeric placeholder="0.00" />
          <TextInput form={form} name="selling_price" label={t`Selling price`} numeric placeholder="0.00" />
        </Pair>
        <SelectInput form={form} name="currency" label={t`Currency`} options={currencies()} />
      </Group>
      <Group title={t`How it is found`}>
        <TextInput
          form={form}
          name="barcodes"
          label={t`Barcodes`}
          code
          help={t`Separated by commas; scanning any of them finds this product.`}
        />
        <TextInput form={form} name="tags" label={t`Tags`} help={t`Separated by commas.`} />
      </Group>
    </FormDrawer>
  );
}
