import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, Pair, TextInput, useForm } from "@/design/form";
import { positive } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { getRegion } from "@/lib/format";
import { rateTouches, setRate } from "./queries";

/** Sets a rate of a day by hand. */
export function RatePanel({ onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const own = getRegion().currency;
  const form = useForm({
    initial: { currency: "", day: new Date().toISOString().slice(0, 10), rate: "" },
    check: ({ currency, day, rate }) => ({
      currency: /^[A-Za-z]{3}$/.test(currency) ? undefined : t`Write three letters, such as EUR.`,
      day: day ? undefined : t`Choose a day.`,
      rate: positive(rate, t`Write what one is worth.`),
    }),
    save: async (values) => {
      const made = await save(setRate(values), rateTouches);
      notify(t`The rate of ${made.currency} is set.`);
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer
      title={t`Set a rate by hand`}
      lead={t`It goes before the source's of that day, and holds until the next.`}
      form={form}
      submitLabel={t`Set the rate`}
      onClose={onClose}
    >
      <Pair>
        <TextInput form={form} name="currency" label={t`Currency`} code required autoFocus />
        <TextInput form={form} name="day" label={t`Day`} type="date" required />
      </Pair>
      <TextInput form={form} name="rate" label={t`One is worth`} numeric required suffix={own} />
    </FormDrawer>
  );
}
