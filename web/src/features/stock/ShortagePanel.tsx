import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, TextInput, useForm } from "@/design/form";
import { filled } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { resolveShortage } from "./queries";

/** Says how a shortage was dealt with. */
export function ShortagePanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const form = useForm({
    initial: { resolution: "" },
    check: ({ resolution }) => ({ resolution: filled(resolution, t`Say what was done.`) }),
    save: async ({ resolution }) => {
      await save(resolveShortage(about.id ?? "", resolution.trim()), ["shortages", "dashboard"]);
      notify(t`The shortage is settled.`);
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer
      title={t`Resolve a shortage`}
      lead={about.sku}
      form={form}
      submitLabel={t`Settle`}
      onClose={onClose}
    >
      <TextInput
        form={form}
        name="resolution"
        label={t`What was done?`}
        required
        autoFocus
        lines={3}
        placeholder={t`The customer was refunded`}
      />
    </FormDrawer>
  );
}
