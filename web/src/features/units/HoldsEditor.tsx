import { useLingui } from "@lingui/react/macro";
import { Box, Button, IconButton, OutlinedInput } from "@mui/material";
import { Icon } from "@/design";
import { type Errors, Field, Select } from "@/design/form";

export interface Holding {
  /** Keeps a line the same while others come and go. */
  key: number;
  unit: string;
  quantity: string;
  per: string;
  of: string;
}

interface HoldsEditorProps {
  holds: Holding[];
  onChange: (holds: Holding[]) => void;
  errors: Errors;
  units: { value: string; label: string }[];
}

/** What holds what: a case 12 bottles, a bottle 750 ml. */
export function HoldsEditor({ holds, onChange, errors, units }: HoldsEditorProps) {
  const { t } = useLingui();
  const change = (key: number, part: Partial<Holding>) =>
    onChange(holds.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const add = () => {
    const key = Math.max(0, ...holds.map((one) => one.key)) + 1;
    onChange([...holds, { key, unit: "", quantity: "", per: "1", of: "" }]);
  };
  return (
    <Box sx={{ display: "grid", gap: 1.5 }}>
      {holds.map((one, place) => (
        <Box key={one.key} sx={{ display: "grid", gridTemplateColumns: "1fr 1fr 1fr auto", gap: 1 }}>
          <Field label={t`One`} error={errors[`holds.${place}.unit`]}>
            {(aria) => (
              <Select
                {...aria}
                value={one.unit}
                onChange={(unit) => change(one.key, { unit })}
                options={units}
              />
            )}
          </Field>
          <Field label={t`holds`} error={errors[`holds.${place}.quantity`]}>
            {(aria) => (
              <OutlinedInput
                size="small"
                fullWidth
                value={one.quantity}
                onChange={(event) => change(one.key, { quantity: event.target.value })}
                inputProps={{ ...aria, inputMode: "decimal", autoComplete: "off" }}
              />
            )}
          </Field>
          <Field label={t`of`} error={errors[`holds.${place}.of`]}>
            {(aria) => (
              <Select {...aria} value={one.of} onChange={(of) => change(one.key, { of })} options={units} />
            )}
          </Field>
          <IconButton
            aria-label={t`Remove line ${place + 1}`}
            sx={{ alignSelf: "center", mt: 2 }}
            onClick={() => onChange(holds.filter(({ key }) => key !== one.key))}
          >
            <Icon name="close" sx={{ fontSize: 19 }} />
          </IconButton>
        </Box>
      ))}
      <Box>
        <Button startIcon={<Icon name="plus" />} onClick={add}>
          {t`Add line`}
        </Button>
      </Box>
    </Box>
  );
}
