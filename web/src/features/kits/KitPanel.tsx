import { useLingui } from "@lingui/react/macro";
import { useChange, useSave } from "@/api";
import { LinesSkeleton, notify, RemoveButton } from "@/design";
import { type Errors, FormDrawer, useForm } from "@/design/form";
import { checkLines, type Line, LinesEditor, newLine } from "@/features/catalog";
import type { PanelProps } from "@/lib/feature";
import { type Kit, removeKit, touches, useKit, writeKit } from "./queries";

/** Says what a SKU is made of. */
export function KitPanel({ about, onClose }: PanelProps) {
  const sku = about.sku ?? "";
  const { data: kit } = useKit(sku);
  return kit === undefined ? <LinesSkeleton /> : <KitForm sku={sku} kit={kit} onClose={onClose} />;
}

function KitForm({ sku, kit, onClose }: { sku: string; kit: Kit | null; onClose: () => void }) {
  const { t } = useLingui();
  const save = useSave();
  const remove = useChange({
    change: () => removeKit(sku),
    touches,
    said: () => t`${sku} is no kit any more.`,
  });
  const known = kit?.components.map((each) => newLine(each.sku, each.quantity));
  const form = useForm({
    initial: { components: (known ?? [newLine()]) as Line[] },
    check: ({ components }): Errors =>
      renamed(checkLines(components, { sku: t`Choose a SKU.`, quantity: t`Above zero, please.`, price: "" })),
    save: async ({ components }) => {
      const made = await save(
        writeKit(
          sku,
          components.map((line) => ({ sku: line.sku, quantity: line.quantity })),
        ),
        touches,
      );
      notify(t`${sku} is a kit; ${made.available} can be sold now.`);
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer
      title={t`Kit`}
      lead={t`Open orders keep the kit as it was sold.`}
      form={form}
      submitLabel={t`Save kit`}
      onClose={onClose}
      width={560}
      extra={
        kit && (
          <RemoveButton
            name={sku}
            busy={remove.isPending}
            onRemove={() => remove.mutate(undefined, { onSuccess: onClose })}
          >
            {t`The SKU stays; it is then stocked like any other.`}
          </RemoveButton>
        )
      }
    >
      <LinesEditor
        lines={form.values.components}
        onChange={(lines) => form.set("components", lines)}
        errors={asLines(form.errors)}
      />
    </FormDrawer>
  );
}

/** The lines of a kit are called components by the server, and lines by their editor. */
function renamed(errors: Errors): Errors {
  return Object.fromEntries(
    Object.entries(errors).map(([name, text]) => [name.replace(/^lines/, "components"), text]),
  );
}

function asLines(errors: Errors): Errors {
  return Object.fromEntries(
    Object.entries(errors).map(([name, text]) => [name.replace(/^components/, "lines"), text]),
  );
}
