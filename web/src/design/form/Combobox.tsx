import { useLingui } from "@lingui/react/macro";
import { Autocomplete, Box, TextField } from "@mui/material";
import { type ReactNode, useEffect, useState } from "react";

export interface ComboboxOption {
  value: string;
  label: string;
  /** A second, quieter line: the code. */
  hint?: string;
}

interface ComboboxProps {
  id?: string;
  "aria-describedby"?: string;
  /** The chosen option, or nothing. */
  option: ComboboxOption | null;
  onChoose: (option: ComboboxOption | null) => void;
  /** What matches the typed text; the caller asks the server. */
  options: ComboboxOption[];
  loading?: boolean;
  onSearch: (text: string) => void;
  placeholder?: string;
  label?: string;
  error?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
  /** A choice below all others, to create what is missing. */
  footer?: ReactNode;
}

const pause = 180;

/** Type to find one of many: products, customers, places. */
export function Combobox(props: ComboboxProps) {
  const { option, onChoose, options, loading, onSearch, error, ...rest } = props;
  const { t } = useLingui();
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => onSearch(text), pause);
    return () => clearTimeout(timer);
  }, [text, onSearch]);

  return (
    <Autocomplete<ComboboxOption>
      id={rest.id}
      value={option}
      onChange={(_, chosen) => onChoose(chosen)}
      onInputChange={(_, typed, reason) => setText(reason === "input" ? typed : "")}
      options={options}
      loading={loading}
      disabled={rest.disabled}
      filterOptions={(all) => all}
      isOptionEqualToValue={(a, b) => a.value === b.value}
      getOptionKey={(one) => one.value}
      getOptionLabel={(one) => one.label}
      noOptionsText={t`Nothing found`}
      loadingText={t`Searching`}
      autoHighlight
      size="small"
      renderOption={({ key, ...li }, one) => (
        <Box component="li" key={key} {...li} sx={{ display: "block !important", py: "6px !important" }}>
          <Box sx={{ fontSize: "0.875rem" }}>{one.label}</Box>
          {one.hint && <Box sx={{ fontSize: "0.8125rem", color: "text.secondary" }}>{one.hint}</Box>}
        </Box>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          placeholder={rest.placeholder}
          error={error}
          autoFocus={rest.autoFocus}
          slotProps={{
            ...params.slotProps,
            htmlInput: {
              ...params.slotProps.htmlInput,
              "aria-label": rest.label,
              "aria-describedby": rest["aria-describedby"],
            },
          }}
        />
      )}
    />
  );
}
