import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useChange, useSave } from "@/api";
import { notify, RemoveButton } from "@/design";
import { FormDrawer, Group, Pair, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import type { PanelProps } from "@/lib/feature";
import { orNulls, texts } from "@/lib/values";
import { changeSeller, createSeller, removeSeller, sellerQuery, useSupplierOptions } from "./queries";

/** Adds a seller, or edits the one that the link names. */
export function SellerPanel({ about, onClose }: PanelProps) {
  const { data: found } = useQuery({ ...sellerQuery(about.id ?? ""), enabled: Boolean(about.id) });
  if (about.id && !found) return null;
  return <SellerForm seller={found?.data} tag={found?.tag} onClose={onClose} />;
}

type Seller = Awaited<ReturnType<typeof createSeller>>;

interface SellerFormProps {
  seller: Seller | undefined;
  tag: string | null | undefined;
  onClose: () => void;
}

const fields = ["code", "name", "contact_name", "contact_email", "contact_phone", "supplier_id"] as const;

function SellerForm({ seller, tag, onClose }: SellerFormProps) {
  const { t } = useLingui();
  const save = useSave();
  const suppliers = useSupplierOptions();
  const remove = useChange({
    change: (id: string) => removeSeller(id),
    touches: ["sellers"],
    said: () => t`The seller is removed.`,
  });
  const form = useForm({
    initial: { ...texts(seller, fields), active: seller?.active ?? true },
    check: (values) => ({
      code: values.code.trim() ? undefined : t`Give it a short code.`,
      name: values.name.trim() ? undefined : t`Give it a name.`,
    }),
    save: async ({ code, name, active, ...rest }) => {
      const body = { ...orNulls(rest), code: code.trim(), name: name.trim(), active };
      const made = await save(seller ? changeSeller(seller.id, body, tag) : createSeller(body), ["sellers"]);
      notify(t`${made.name} is saved.`);
    },
    onSaved: onClose,
  });
  const extra = seller && (
    <RemoveButton
      name={seller.name}
      busy={remove.isPending}
      onRemove={() => remove.mutate(seller.id, { onSuccess: onClose })}
    >
      {t`A seller with order lines is archived instead: nothing recorded is lost.`}
    </RemoveButton>
  );
  return (
    <FormDrawer
      title={seller ? t`Edit seller` : t`New seller`}
      form={form}
      submitLabel={seller ? t`Save` : t`Add seller`}
      onClose={onClose}
      extra={extra}
    >
      <TextInput form={form} name="name" label={t`Name`} required autoFocus />
      <Pair>
        <TextInput form={form} name="code" label={t`Code`} required code />
        <SelectInput
          form={form}
          name="supplier_id"
          label={t`Same as supplier`}
          options={suppliers}
          none={t`None`}
        />
      </Pair>
      <SwitchInput form={form} name="active" label={t`Active`} />
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
