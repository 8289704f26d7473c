import { useLingui } from "@lingui/react/macro";
import { Box, OutlinedInput } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useSave } from "@/api";
import { Code, EmptyState, light, notify } from "@/design";
import { type Errors, Field, type Form, FormDrawer, Group, Pair, TextInput, useForm } from "@/design/form";
import { compare, isDecimal, sign } from "@/lib/decimal";
import type { PanelProps } from "@/lib/feature";
import { quantity } from "@/lib/format";
import { orNull } from "@/lib/values";
import { type Order, type OrderLine, orderQuery, shipOrder, touches } from "./queries";

/** Ships what is reserved for the order that the link names, or part of it. */
export function ShipPanel({ about, onClose }: PanelProps) {
  const { data: order } = useQuery(orderQuery(about.id ?? ""));
  return order ? <ShipForm order={order} onClose={onClose} /> : null;
}

interface Values {
  quantities: Record<string, string>;
  carrier: string;
  tracking: string;
}

function ShipForm({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useLingui();
  const save = useSave();
  const ready = order.lines.filter((line) => sign(line.allocated) > 0);
  const form = useForm<Values>({
    initial: {
      quantities: Object.fromEntries(ready.map((line) => [line.id, line.allocated])),
      carrier: order.carrier ?? "",
      tracking: order.tracking ?? "",
    },
    check: (values) => {
      const most = t`Between 0 and what is reserved.`;
      const wrong = ready.filter((line) => !fits(values.quantities[line.id] ?? "", line));
      return Object.fromEntries(wrong.map((line) => [line.id, most])) as Errors;
    },
    save: async ({ quantities, carrier, tracking }) => {
      const lines = ready
        .map((line) => ({ line_id: line.id, quantity: quantities[line.id] ?? "0" }))
        .filter((line) => sign(line.quantity) > 0);
      const made = await save(
        shipOrder(order.number, { lines, carrier: orNull(carrier), tracking: orNull(tracking) }),
        touches,
      );
      notify(
        made.status === "partial" ? t`${made.number} is partly shipped.` : t`${made.number} is shipped.`,
      );
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer
      title={t`Ship ${order.number}`}
      lead={t`What ships leaves the warehouse's stock now.`}
      form={form}
      submitLabel={t`Ship`}
      onClose={onClose}
      disabled={ready.length === 0}
    >
      {ready.length ? (
        <Group title={t`Quantities`}>
          <Box sx={{ display: "grid", gap: 1.5 }}>
            {ready.map((line) => (
              <ShipLine key={line.id} line={line} form={form} />
            ))}
          </Box>
        </Group>
      ) : (
        <EmptyState icon="layers" title={t`Nothing is reserved`}>
          {t`There is no stock for this order yet. Use “Look for stock” once some has come in.`}
        </EmptyState>
      )}
      <Pair>
        <TextInput form={form} name="carrier" label={t`Carrier`} />
        <TextInput form={form} name="tracking" label={t`Tracking number`} code />
      </Pair>
    </FormDrawer>
  );
}

function fits(text: string, line: OrderLine): boolean {
  return isDecimal(text) && sign(text) >= 0 && compare(text, line.allocated) <= 0;
}

function ShipLine({ line, form }: { line: OrderLine; form: Form<Values> }) {
  const { t } = useLingui();
  const reserved = quantity(line.allocated);
  return (
    <Box
      sx={{
        display: "flex",
        gap: 2,
        alignItems: "flex-start",
        borderBottom: `1px solid ${light.lineSoft}`,
        pb: 1.5,
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ fontSize: "0.9rem", fontWeight: 600 }}>{line.name ?? line.sku}</Box>
        <Box sx={{ fontSize: "0.8125rem", color: "text.secondary" }}>
          <Code>{line.sku}</Code> · {t`${reserved} reserved`}
        </Box>
      </Box>
      <Box sx={{ width: 110 }}>
        <Field label={t`Units of ${line.sku}`} hideLabel error={form.errors[line.id]}>
          {(aria) => (
            <OutlinedInput
              size="small"
              value={form.values.quantities[line.id] ?? ""}
              onChange={(event) =>
                form.set("quantities", { ...form.values.quantities, [line.id]: event.target.value })
              }
              error={Boolean(form.errors[line.id])}
              inputProps={{ ...aria, inputMode: "decimal", style: { textAlign: "right" } }}
            />
          )}
        </Field>
      </Box>
    </Box>
  );
}
