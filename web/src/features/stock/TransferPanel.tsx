import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { notify } from "@/design";
import {
  type Errors,
  FormDrawer,
  Group,
  Pair,
  SelectInput,
  SwitchInput,
  TextInput,
  useForm,
} from "@/design/form";
import { checkLines, type Line, LinesEditor, newLine } from "@/features/catalog";
import { useWarehouseOptions, WarehousesMissing } from "@/features/places";
import type { PanelProps } from "@/lib/feature";
import { orNull } from "@/lib/values";
import { LevelNote } from "./LevelNote";
import { createTransfer, touches } from "./queries";

/** Moves stock from one warehouse to another, by way of transit. */
export function TransferPanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const warehouses = useWarehouseOptions();
  const form = useForm({
    initial: {
      from: about.warehouse ?? "",
      to: "",
      lines: (about.sku ?? "").split(",").map((sku) => newLine(sku)) as Line[],
      note: "",
      dispatch: false,
    },
    check: (values): Errors => ({
      from: values.from ? undefined : t`Choose where it leaves.`,
      to: toProblem(values),
      ...checkLines(values.lines, { sku: t`Choose a SKU.`, quantity: t`Above zero, please.`, price: "" }),
    }),
    save: async ({ from, to, lines, note, dispatch }) => {
      const body = {
        from_warehouse: from,
        to_warehouse: to,
        lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
        note: orNull(note),
        dispatch,
      };
      const made = await save(createTransfer(body), touches);
      notify(
        dispatch
          ? t`${made.document} is on its way.`
          : t`${made.document} is written; its stock is reserved.`,
      );
    },
    onSaved: onClose,
  });

  function toProblem({ from, to }: { from: string; to: string }): string | undefined {
    if (!to) return t`Choose where it goes.`;
    return to === from ? t`Choose another warehouse than the one it leaves.` : undefined;
  }

  return (
    <FormDrawer
      title={t`New transfer`}
      lead={t`Stock under way is counted once: it is in transit, and the destination sees it as incoming.`}
      form={form}
      submitLabel={form.values.dispatch ? t`Dispatch` : t`Plan transfer`}
      onClose={onClose}
      width={560}
    >
      <WarehousesMissing least={2} />
      <Pair>
        <SelectInput
          form={form}
          name="from"
          label={t`From`}
          required
          options={warehouses}
          none={t`Choose one`}
        />
        <SelectInput form={form} name="to" label={t`To`} required options={warehouses} none={t`Choose one`} />
      </Pair>
      <Group title={t`What`}>
        <LinesEditor
          lines={form.values.lines}
          onChange={(lines) => form.set("lines", lines)}
          errors={form.errors}
          note={(line) => <LevelNote sku={line.sku} warehouse={form.values.from} />}
        />
      </Group>
      <TextInput form={form} name="note" label={t`Note`} lines={2} />
      <SwitchInput
        form={form}
        name="dispatch"
        label={t`It leaves now`}
        help={t`When off, the stock is reserved until you dispatch it.`}
      />
    </FormDrawer>
  );
}
