import { useLingui } from "@lingui/react/macro";
import { Box, OutlinedInput } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { Field, Select } from "@/design/form";
import { useWarehouseOptions } from "@/features/places";
import { getRegion } from "@/lib/format";
import { useChangeSearch, useSearchWords } from "@/lib/navigation";
import { feedQuery } from "./queries";

const row = {
  display: "flex",
  flexWrap: "wrap",
  gap: 2,
  "& > *": { width: { xs: "100%", sm: 220 } },
} as const;

/** Which day, in which currency, of which warehouse. */
export function ValueChoice() {
  const { t } = useLingui();
  const change = useChangeSearch();
  const { as_of = "", currency = "", warehouse = "" } = useSearchWords();
  const { data: feed } = useQuery(feedQuery);
  const own = getRegion().currency;
  const warehouses = useWarehouseOptions();
  const others = (feed?.currencies ?? []).map((code) => ({ value: code, label: code }));
  const set = (name: string) => (value: string) =>
    change({ [name]: value === "" ? undefined : value }, { replace: true });
  return (
    <Box sx={row}>
      <Field label={t`At the end of`} error={undefined}>
        {(aria) => (
          <OutlinedInput
            type="date"
            size="small"
            fullWidth
            value={as_of}
            onChange={(event) => set("as_of")(event.target.value)}
            inputProps={aria}
          />
        )}
      </Field>
      <Field label={t`Currency`} error={undefined}>
        {(aria) => (
          <Select
            {...aria}
            value={currency}
            onChange={set("currency")}
            options={[{ value: "", label: own }, ...others]}
          />
        )}
      </Field>
      <Field label={t`Warehouse`} error={undefined}>
        {(aria) => (
          <Select
            {...aria}
            value={warehouse}
            onChange={set("warehouse")}
            options={[{ value: "", label: t`All` }, ...warehouses]}
          />
        )}
      </Field>
    </Box>
  );
}
