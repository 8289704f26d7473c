import { useLingui } from "@lingui/react/macro";
import { FormDrawer, TextInput, useForm } from "@/design/form";
import { notNegative } from "@/lib/checks";
import { isDecimal } from "@/lib/decimal";
import type { PanelProps } from "@/lib/feature";
import { quantity } from "@/lib/format";
import { type Level, setLevels, useLevel } from "./queries";
import { usePosted } from "./usePosted";
import { BeforeAfter } from "./Where";

/** Sets a level to what was counted; the difference is posted. */
export function CountPanel({ about, onClose }: PanelProps) {
  const { data: level } = useLevel(about.sku ?? "", about.warehouse ?? "");
  return level ? <CountForm level={level} onClose={onClose} /> : null;
}

function CountForm({ level, onClose }: { level: Level; onClose: () => void }) {
  const { t } = useLingui();
  const post = usePosted();
  const { sku, warehouse, name } = level;
  const form = useForm({
    initial: { quantity: "", note: "" },
    check: (values) => ({ quantity: notNegative(values.quantity, t`Write what you counted: zero or more.`) }),
    save: async (values) => {
      const counted = values.quantity.trim();
      const line = { sku, warehouse, quantity: counted, expected_quantity: level.on_hand };
      const reason = values.note.trim() || "count";
      const now = quantity(counted);
      await post(
        setLevels({ lines: [line], reason, fact: true }),
        () => t`${sku} at ${warehouse}: ${now} on hand now.`,
      );
    },
    onSaved: onClose,
  });
  const counted = form.values.quantity;
  return (
    <FormDrawer
      title={t`Count ${name}`}
      lead={`${sku} · ${level.warehouse_name}`}
      form={form}
      submitLabel={t`Set the count`}
      onClose={onClose}
    >
      <TextInput
        form={form}
        name="quantity"
        label={t`Counted on the shelf`}
        required
        numeric
        autoFocus
        help={t`Everything that lies there, reserved pieces included.`}
      />
      <TextInput form={form} name="note" label={t`Note`} lines={2} />
      <BeforeAfter sku={sku} warehouse={warehouse} after={isDecimal(counted) ? counted : undefined} />
    </FormDrawer>
  );
}
