import { useLingui } from "@lingui/react/macro";
import { Box, Button, IconButton, OutlinedInput } from "@mui/material";
import type { ReactNode } from "react";
import { Icon, light, radius } from "@/design";
import { type Errors, Field } from "@/design/form";
import { useNames } from "./queries";
import { SkuPicker } from "./SkuPicker";

export interface Line {
  /** Keeps a line the same while others come and go. */
  key: number;
  sku: string;
  quantity: string;
  /** A price, where lines have one. */
  price?: string;
}

let keys = 0;

export function newLine(sku = "", quantity = "1", price?: string): Line {
  keys += 1;
  return { key: keys, sku, quantity, price };
}

interface LinesEditorProps {
  lines: Line[];
  onChange: (lines: Line[]) => void;
  /** Named as the server points: "lines.0.sku". */
  errors: Errors;
  /** A third column for prices. */
  priced?: boolean;
  /** Told under a line: what is there of this SKU. */
  note?: (line: Line) => ReactNode;
}

/** SKUs with quantities, as many as are needed. */
export function LinesEditor({ lines, onChange, errors, priced, note }: LinesEditorProps) {
  const { t } = useLingui();
  const change = (key: number, part: Partial<Line>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const names = useNames(lines.map(({ sku }) => sku));
  return (
    <Box sx={{ display: "grid", gap: 1.5 }}>
      {lines.map((line, index) => (
        <Box
          key={line.key}
          sx={{
            border: `1px solid ${light.line}`,
            borderRadius: radius.box,
            p: 1.5,
            display: "grid",
            gap: 1.5,
          }}
        >
          <Box sx={{ display: "flex", gap: 1, alignItems: "flex-start" }}>
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <SkuPicker
                label={t`SKU of line ${index + 1}`}
                hideLabel
                value={line.sku}
                name={names.get(line.sku) ?? null}
                onChange={(sku) => change(line.key, { sku })}
                error={errors[`lines.${index}.sku`]}
              />
            </Box>
            <IconButton
              aria-label={t`Remove line ${index + 1}`}
              disabled={lines.length === 1}
              onClick={() => onChange(lines.filter((one) => one.key !== line.key))}
              sx={{ mt: 0.25 }}
            >
              <Icon name="close" sx={{ fontSize: 19 }} />
            </IconButton>
          </Box>
          <Box sx={{ display: "flex", gap: 1.5, alignItems: "flex-start" }}>
            <NumberCell
              label={t`Quantity`}
              value={line.quantity}
              onChange={(quantity) => change(line.key, { quantity })}
              error={errors[`lines.${index}.quantity`]}
            />
            {priced && (
              <NumberCell
                label={t`Unit price`}
                value={line.price ?? ""}
                onChange={(price) => change(line.key, { price })}
                error={errors[`lines.${index}.unit_price`]}
              />
            )}
            <Box sx={{ flex: 1, alignSelf: "end", pb: 1, fontSize: "0.8125rem", color: "text.secondary" }}>
              {note?.(line)}
            </Box>
          </Box>
        </Box>
      ))}
      <Box>
        <Button startIcon={<Icon name="plus" />} onClick={() => onChange([...lines, newLine()])}>
          {t`Add line`}
        </Button>
      </Box>
    </Box>
  );
}

interface NumberCellProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string;
}

function NumberCell({ label, value, onChange, error }: NumberCellProps) {
  return (
    <Box sx={{ width: 130 }}>
      <Field label={label} error={error}>
        {(aria) => (
          <OutlinedInput
            size="small"
            fullWidth
            value={value}
            error={Boolean(error)}
            onChange={(event) => onChange(event.target.value)}
            inputProps={{ ...aria, inputMode: "decimal", autoComplete: "off", style: { textAlign: "right" } }}
          />
        )}
      </Field>
    </Box>
  );
}
