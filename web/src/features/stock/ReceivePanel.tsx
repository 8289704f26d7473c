import { useLingui } from "@lingui/react/macro";
import { Box, OutlinedInput } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useSave } from "@/api";
import { Code, light, notify } from "@/design";
import { type Errors, Field, FormDrawer, useForm } from "@/design/form";
import { notNegative } from "@/lib/checks";
import { add, compare, sign, subtract } from "@/lib/decimal";
import type { PanelProps } from "@/lib/feature";
import { quantity } from "@/lib/format";
import { receiveTransfer, type TransferDetail, touches, transferQuery } from "./queries";

/** Takes in what arrived of a transfer, and says what did not. */
export function ReceivePanel({ about, onClose }: PanelProps) {
  const { data: transfer } = useQuery(transferQuery(about.id ?? ""));
  return transfer ? <ReceiveForm transfer={transfer} onClose={onClose} /> : null;
}

type Line = TransferDetail["lines"][number];

function underWay(line: Line): string {
  return subtract(line.dispatched, add(add(line.received, line.lost), line.returned));
}

interface Arrival {
  received: string;
  lost: string;
}

function ReceiveForm({ transfer, onClose }: { transfer: TransferDetail; onClose: () => void }) {
  const { t } = useLingui();
  const save = useSave();
  const open = transfer.lines.filter((line) => sign(underWay(line)) > 0);
  const { document } = transfer;
  const form = useForm<{ arrivals: Record<string, Arrival> }>({
    initial: {
      arrivals: Object.fromEntries(open.map((line) => [line.sku, { received: underWay(line), lost: "0" }])),
    },
    check: ({ arrivals }) => {
      const errors: Errors = {};
      for (const line of open) {
        const problem = problemOf(
          line,
          arrivals[line.sku],
          t`Received and lost together are at most what is under way.`,
        );
        if (problem) errors[line.sku] = problem;
      }
      return errors;
    },
    save: async ({ arrivals }) => {
      const lines = open.map(({ sku }) => ({
        sku,
        received: arrivals[sku]?.received ?? "0",
        lost: arrivals[sku]?.lost ?? "0",
      }));
      await save(receiveTransfer(transfer.id, { lines }), touches);
      notify(t`What arrived of ${document} is in stock.`);
    },
    onSaved: onClose,
  });
  const change = (sku: string, part: Partial<Arrival>) => {
    const before = form.values.arrivals[sku] ?? { received: "0", lost: "0" };
    form.set("arrivals", { ...form.values.arrivals, [sku]: { ...before, ...part } });
  };
  return (
    <FormDrawer
      title={t`Receive ${document}`}
      lead={t`What is neither received nor lost stays under way.`}
      form={form}
      submitLabel={t`Receive`}
      onClose={onClose}
    >
      {open.map((line) => (
        <Box key={line.id} sx={{ borderBottom: `1px solid ${light.lineSoft}`, pb: 2 }}>
          <Box sx={{ fontSize: "0.9rem", fontWeight: 600 }}>{line.name}</Box>
          <Box sx={{ fontSize: "0.8125rem", color: "text.secondary", mb: 1 }}>
            <Code>{line.sku}</Code> · {t`${quantity(underWay(line))} under way`}
          </Box>
          <Box sx={{ display: "grid", gridTemplateColumns: "1fr 1fr", gap: 2 }}>
            <Count
              label={t`Received`}
              value={form.values.arrivals[line.sku]?.received ?? ""}
              onChange={(received) => change(line.sku, { received })}
              error={form.errors[line.sku]}
            />
            <Count
              label={t`Lost`}
              value={form.values.arrivals[line.sku]?.lost ?? ""}
              onChange={(lost) => change(line.sku, { lost })}
            />
          </Box>
        </Box>
      ))}
    </FormDrawer>
  );
}

function problemOf(line: Line, arrival: Arrival | undefined, sentence: string): string | undefined {
  const { received = "", lost = "" } = arrival ?? {};
  const wrong = notNegative(received, sentence) ?? notNegative(lost, sentence);
  if (wrong) return wrong;
  return compare(add(received, lost), underWay(line)) > 0 ? sentence : undefined;
}

interface CountProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string;
}

function Count({ label, value, onChange, error }: CountProps) {
  return (
    <Field label={label} error={error}>
      {(aria) => (
        <OutlinedInput
          size="small"
          fullWidth
          value={value}
          error={Boolean(error)}
          onChange={(event) => onChange(event.target.value)}
          inputProps={{ ...aria, inputMode: "decimal", autoComplete: "off" }}
        />
      )}
    </Field>
  );
}
