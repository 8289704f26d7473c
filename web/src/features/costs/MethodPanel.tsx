import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { page, type Schema, useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, SelectInput, useForm } from "@/design/form";
import type { PanelProps } from "@/lib/feature";
import { methodsQuery, setMethod, touches } from "./queries";
import { useMethods } from "./words";

type Method = Schema<"MethodIn">["method"];
type Chosen = Schema<"MethodOut">[];

/** How stock is valued, for the organization and for categories that differ. */
export function MethodPanel({ onClose }: PanelProps) {
  const { data: chosen } = useQuery(methodsQuery);
  return chosen ? <MethodForm chosen={chosen} onClose={onClose} /> : null;
}

const chosenFor = (chosen: Chosen, category: string) =>
  chosen.find((one) => (one.category_id ?? "") === category)?.method ?? "";

function MethodForm({ chosen, onClose }: { chosen: Chosen; onClose: () => void }) {
  const { t } = useLingui();
  const save = useSave();
  const methods = useMethods();
  const { data: categories } = useQuery({
    queryKey: ["categories", "names"],
    queryFn: () => page("/api/v1/categories", { limit: 500 }),
  });
  const form = useForm({
    initial: { category: "", method: chosenFor(chosen, "") || "fifo" },
    check: () => ({}),
    save: async ({ category, method }) => {
      const body = { category_id: category || null, method: (method || null) as Method };
      const { levels } = await save(setMethod(body), touches);
      notify(levels ? t`Saved; ${levels} levels are revalued.` : t`Saved; no stock is worth anything else.`);
    },
    onSaved: onClose,
  });
  const options = (categories?.data ?? []).map((one) => {
    const own = chosenFor(chosen, one.id);
    const word = methods.find((method) => method.value === own)?.label;
    return { value: one.id, label: word ? `${one.name}: ${word}` : one.name };
  });
  return (
    <FormDrawer
      title={t`How stock is valued`}
      lead={t`Changing it revalues what is in stock by an entry; what is sold stays as it was booked.`}
      form={form}
      submitLabel={t`Save`}
      onClose={onClose}
    >
      <SelectInput
        form={form}
        name="category"
        label={t`Of`}
        options={options}
        none={t`Everything`}
        help={t`A category and those below it may differ.`}
      />
      <SelectInput
        form={form}
        name="method"
        label={t`Method`}
        options={methods}
        {...(form.values.category ? { none: t`As the rest` } : {})}
      />
    </FormDrawer>
  );
}
