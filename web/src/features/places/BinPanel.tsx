import { useLingui } from "@lingui/react/macro";
import { type Schema, useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, Pair, SelectInput, TextInput, useForm } from "@/design/form";
import { filled } from "@/lib/checks";
import { isDecimal, sign } from "@/lib/decimal";
import type { PanelProps } from "@/lib/feature";
import { orNull } from "@/lib/values";
import { type Bin, binTouches, changeBin, createBin, useBins } from "./binQueries";
import { useBinKinds, useBinTypes } from "./binWords";

/** Adds a place to a warehouse, or edits the one that the link names. */
export function BinPanel({ about, onClose }: PanelProps) {
  const { data: bins } = useBins(about.warehouse ?? "");
  if (!bins) return null;
  const bin = bins.find((one) => one.id === about.id);
  return <BinForm warehouse={about.warehouse ?? ""} bin={bin} bins={bins} onClose={onClose} />;
}

interface BinFormProps {
  warehouse: string;
  bin: Bin | undefined;
  bins: Bin[];
  onClose: () => void;
}

function start(bin: Bin | undefined) {
  return {
    code: bin?.code ?? "",
    name: bin?.name ?? "",
    kind: bin?.kind ?? "bin",
    type: bin?.type ?? "storage",
    parent: bin?.parent_id ?? "",
    capacity: bin?.capacity ?? "",
    pick_order: String(bin?.pick_order ?? 100),
  };
}

const kindsInOrder = ["zone", "aisle", "shelf", "bin"];

function BinForm({ warehouse, bin, bins, onClose }: BinFormProps) {
  const { t } = useLingui();
  const save = useSave();
  const form = useForm({
    initial: start(bin),
    check: (values) => ({
      code: filled(values.code, t`Give it a code, such as A-01-2.`),
      pick_order: /^\d{1,6}$/.test(values.pick_order) ? undefined : t`Write a whole number.`,
      capacity: isRoom(values.capacity) ? undefined : t`Write a number above zero, or nothing.`,
    }),
    save: async (values) => {
      const body = {
        ...values,
        name: orNull(values.name),
        parent: orNull(values.parent),
        capacity: orNull(values.capacity),
        pick_order: Number(values.pick_order),
      } as Schema<"BinIn">;
      const made = await save(bin ? changeBin(bin.id, body) : createBin(warehouse, body), binTouches);
      notify(t`${made.code} is saved.`);
    },
    onSaved: onClose,
  });
  const rank = kindsInOrder.indexOf(form.values.kind);
  const outer = bins
    .filter((one) => one.id !== bin?.id && kindsInOrder.indexOf(one.kind) < rank)
    .map((one) => ({ value: one.id, label: one.name ? `${one.code} · ${one.name}` : one.code }));
  return (
    <FormDrawer
      title={bin ? t`Edit place` : t`New place`}
      form={form}
      submitLabel={bin ? t`Save` : t`Add place`}
      onClose={onClose}
    >
      <Pair>
        <TextInput form={form} name="code" label={t`Code`} required code autoFocus />
        <TextInput form={form} name="name" label={t`Name`} />
      </Pair>
      <Pair>
        <SelectInput form={form} name="kind" label={t`Kind`} options={useBinKinds()} />
        <SelectInput
          form={form}
          name="parent"
          label={t`Lies in`}
          options={outer}
          none={t`The warehouse itself`}
        />
      </Pair>
      <SelectInput
        form={form}
        name="type"
        label={t`Type`}
        options={useBinTypes()}
        help={t`It can only change while nothing lies there.`}
      />
      <Pair>
        <TextInput form={form} name="capacity" label={t`Capacity in units`} numeric />
        <TextInput
          form={form}
          name="pick_order"
          label={t`Pick order`}
          numeric
          help={t`The lower, the sooner stock is picked here.`}
        />
      </Pair>
    </FormDrawer>
  );
}

export function isRoom(text: string): boolean {
  return !text.trim() || (isDecimal(text) && sign(text) > 0);
}
