import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { page, type Schema, useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, Pair, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import { positive } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { getRegion, money } from "@/lib/format";
import { orNull } from "@/lib/values";
import { addLanded, touches } from "./queries";
import { useCharges } from "./words";

type Charge = Schema<"LandedIn">["charge"];
type Basis = NonNullable<Schema<"LandedIn">["basis"]>;

/** The other lines of the same receipt, which may bear a part too. */
function useSiblings(posting: string) {
  return useQuery({
    queryKey: ["costs", "receipt", posting],
    queryFn: () => page("/api/v1/costs/receipts", { "filter[posting_id]": posting, limit: 100 }),
  });
}

/** Adds freight, duty and the like to a receipt: to one line of it, or to all. */
export function LandedPanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const { posting = "", line = "1", sku = "" } = about;
  const lines = useSiblings(posting).data?.data.length ?? 1;
  const form = useForm({
    initial: {
      charge: "freight",
      basis: "value",
      amount: "",
      currency: getRegion().currency,
      whole: true,
      document: "",
      note: "",
    },
    check: ({ amount, currency }) => ({
      amount: positive(amount, t`Write an amount.`),
      currency: /^[A-Za-z]{3}$/.test(currency) ? undefined : t`Write three letters, such as EUR.`,
    }),
    save: async ({ charge, basis, amount, currency, whole, document, note }) => {
      const entry = await save(
        addLanded({
          charge: charge as Charge,
          basis: basis as Basis,
          amount,
          currency,
          receipts: [{ posting_id: posting, ...(whole ? {} : { line: Number(line) }) }],
          document: orNull(document),
          note: orNull(note),
        }),
        touches,
      );
      const stock = money(entry.stock);
      const sold = money(entry.sold);
      notify(t`C-${entry.number}: ${stock} to stock, ${sold} to sales.`);
    },
    onSaved: onClose,
  });
  const bases = [
    { value: "value", label: t`By value` },
    { value: "quantity", label: t`By quantity` },
  ];
  return (
    <FormDrawer
      title={t`Landed cost of ${sku}`}
      lead={t`What bringing the goods in cost beside their price.`}
      form={form}
      submitLabel={t`Add to the cost`}
      onClose={onClose}
    >
      <Pair>
        <SelectInput form={form} name="charge" label={t`For`} options={useCharges()} />
        <SelectInput form={form} name="basis" label={t`Shared`} options={bases} />
      </Pair>
      <Pair>
        <TextInput form={form} name="amount" label={t`Amount`} numeric required autoFocus />
        <TextInput form={form} name="currency" label={t`Currency`} code help={t`At today's rate.`} />
      </Pair>
      {lines > 1 && (
        <SwitchInput
          form={form}
          name="whole"
          label={t`The whole receipt bears it`}
          help={t`It has ${lines} lines; off: this line alone.`}
        />
      )}
      <TextInput form={form} name="document" label={t`Document`} />
      <TextInput form={form} name="note" label={t`Note`} lines={2} />
    </FormDrawer>
  );
}
