import { useLingui } from "@lingui/react/macro";
import { Box, Checkbox, FormControlLabel, Typography } from "@mui/material";
import { useWarehouses } from "@/features/places";

interface WarehousesProps {
  chosen: string[];
  onChange: (codes: string[]) => void;
}

/** From which warehouses a channel sells; none ticked means all. */
export function Warehouses({ chosen, onChange }: WarehousesProps) {
  const { t } = useLingui();
  const toggle = (code: string) =>
    onChange(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  return (
    <Box role="group" aria-label={t`Sells from`}>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t`Sells from`}
      </Typography>
      <Typography variant="caption" component="p" color="textSecondary" sx={{ mb: 0.5 }}>
        {chosen.length ? t`Only from those ticked.` : t`None ticked: from all of them.`}
      </Typography>
      {useWarehouses().map((one) => (
        <FormControlLabel
          key={one.code}
          label={one.name}
          control={
            <Checkbox size="small" checked={chosen.includes(one.code)} onChange={() => toggle(one.code)} />
          }
          sx={{ mr: 2.5, "& .MuiFormControlLabel-label": { fontSize: "0.875rem" } }}
        />
      ))}
    </Box>
  );
}
