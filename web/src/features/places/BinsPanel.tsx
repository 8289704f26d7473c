import { useLingui } from "@lingui/react/macro";
import { type Schema, useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, Pair, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import { filled } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { orNull } from "@/lib/values";
import { isRoom } from "./BinPanel";
import { binTouches, createBins } from "./binQueries";
import { useBinKinds, useBinTypes } from "./binWords";

/** Adds many places at once by a pattern. */
export function BinsPanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const form = useForm({
    initial: {
      pattern: "",
      kind: "bin",
      type: "storage",
      tree: true,
      capacity: "",
      pick_order: "100",
      parent: "",
    },
    check: (values) => ({
      pattern: filled(values.pattern, t`Write a pattern.`),
      pick_order: /^\d{1,6}$/.test(values.pick_order) ? undefined : t`Write a whole number.`,
      capacity: isRoom(values.capacity) ? undefined : t`Write a number above zero, or nothing.`,
    }),
    save: async (values) => {
      const body = {
        ...values,
        parent: orNull(values.parent),
        capacity: orNull(values.capacity),
        pick_order: Number(values.pick_order),
      } as Schema<"BinsIn">;
      const made = await save(createBins(about.warehouse ?? "", body), binTouches);
      notify(t`${made.count} places are added.`);
    },
    onSaved: onClose,
  });
  const example = "A-{01..12}-{1..4}";
  return (
    <FormDrawer title={t`Add many places`} form={form} submitLabel={t`Add places`} onClose={onClose}>
      <TextInput
        form={form}
        name="pattern"
        label={t`Pattern`}
        required
        code
        autoFocus
        help={t`${example} makes A-01-1 to A-12-4. Letters count as A..F, words as left,right in braces.`}
      />
      <SwitchInput
        form={form}
        name="tree"
        label={t`Make the places above too`}
        help={t`Each group but the last becomes a shelf, an aisle or a zone.`}
      />
      <Pair>
        <SelectInput form={form} name="kind" label={t`Kind of the last`} options={useBinKinds()} />
        <SelectInput form={form} name="type" label={t`Type`} options={useBinTypes()} />
      </Pair>
      <Pair>
        <TextInput form={form} name="capacity" label={t`Capacity of each`} numeric />
        <TextInput form={form} name="pick_order" label={t`Pick order of the first`} numeric />
      </Pair>
      <TextInput
        form={form}
        name="parent"
        label={t`Lies in`}
        code
        help={t`The code of a zone or aisle, if any.`}
      />
    </FormDrawer>
  );
}
