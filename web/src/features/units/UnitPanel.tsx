import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type Schema, useChange, useSave } from "@/api";
import { notify, RemoveButton } from "@/design";
import { FormDrawer, Pair, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import { filled } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { changeUnit, createUnit, removeUnit, unitQuery } from "./queries";
import { useDimensions } from "./words";

/** Adds a unit, or edits the one that the link names. */
export function UnitPanel({ about, onClose }: PanelProps) {
  const { data: found } = useQuery({ ...unitQuery(about.id ?? ""), enabled: Boolean(about.id) });
  if (about.id && !found) return null;
  return <UnitForm unit={found?.data} tag={found?.tag} onClose={onClose} />;
}

interface UnitFormProps {
  unit: Schema<"UnitOut"> | undefined;
  tag: string | null | undefined;
  onClose: () => void;
}

const fresh = {
  code: "",
  name: "",
  dimension: "package",
  numerator: "1",
  denominator: "1",
  whole: false,
};
const wholeNumber = /^[1-9]\d{0,17}$/;

function started(unit: Schema<"UnitOut"> | undefined) {
  const { code, name, dimension, numerator, denominator, whole } = unit ?? fresh;
  return { code, name, dimension, numerator, denominator, whole };
}

function UnitForm({ unit, tag, onClose }: UnitFormProps) {
  const { t } = useLingui();
  const save = useSave();
  const dimensions = useDimensions();
  const remove = useChange({
    change: (id: string) => removeUnit(id),
    touches: ["units"],
    said: () => t`The unit is removed.`,
  });
  const form = useForm({
    initial: started(unit),
    check: (values) => ({
      code: filled(values.code, t`Give it a short code, such as box.`),
      name: filled(values.name, t`Give it a name.`),
      numerator: wholeNumber.test(values.numerator) ? undefined : t`Write a whole number from 1.`,
      denominator: wholeNumber.test(values.denominator) ? undefined : t`Write a whole number from 1.`,
    }),
    save: async ({ dimension, numerator, denominator, ...rest }) => {
      const body = {
        ...rest,
        dimension: dimension as Schema<"UnitIn">["dimension"],
        numerator: Number(numerator),
        denominator: Number(denominator),
      };
      const made = await save(unit ? changeUnit(unit.id, body, tag) : createUnit(body), ["units"]);
      notify(t`${made.name} is saved.`);
    },
    onSaved: onClose,
  });
  const extra = unit && (
    <RemoveButton
      name={unit.name}
      busy={remove.isPending}
      onRemove={() => remove.mutate(unit.id, { onSuccess: onClose })}
    >
      {t`A unit that products are measured in is archived instead.`}
    </RemoveButton>
  );
  return (
    <FormDrawer
      title={unit ? t`Edit unit` : t`New unit`}
      form={form}
      submitLabel={unit ? t`Save` : t`Add unit`}
      onClose={onClose}
      extra={extra}
    >
      <TextInput form={form} name="name" label={t`Name`} required autoFocus />
      <TextInput form={form} name="code" label={t`Code`} required code />
      <SelectInput form={form} name="dimension" label={t`What it measures`} options={dimensions} />
      {form.values.dimension !== "package" && (
        <Pair>
          <TextInput form={form} name="numerator" label={t`Holds`} numeric />
          <TextInput form={form} name="denominator" label={t`divided by`} numeric />
        </Pair>
      )}
      <SwitchInput form={form} name="whole" label={t`Counted in whole numbers only`} />
    </FormDrawer>
  );
}
