import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { FormDrawer, SelectInput, TextInput, useForm } from "@/design/form";
import type { PanelProps } from "@/lib/feature";
import { orNull } from "@/lib/values";
import { explainLine, touches } from "./queries";
import { useDifferenceReasons } from "./words";

/** Why a line differs; the reason goes into the ledger with the difference. */
export function ExplainPanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const form = useForm({
    initial: { reason: about.reason ?? "", note: about.note ?? "" },
    save: ({ reason, note }) =>
      save(
        explainLine(about.count ?? "", about.line ?? "", { reason: orNull(reason), note: orNull(note) }),
        touches,
      ),
    onSaved: onClose,
  });
  return (
    <FormDrawer title={t`Why ${about.sku ?? ""} differs`} form={form} submitLabel={t`Save`} onClose={onClose}>
      <SelectInput
        form={form}
        name="reason"
        label={t`Reason`}
        options={useDifferenceReasons()}
        none={t`Not known`}
      />
      <TextInput form={form} name="note" label={t`Note`} lines={3} />
    </FormDrawer>
  );
}
