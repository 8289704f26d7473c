import { useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { client, data } from "@/api";
import { Combobox, type ComboboxOption, Field } from "@/design/form";
import { useNames } from "./queries";

interface SkuPickerProps {
  label: string;
  hideLabel?: boolean;
  /** The chosen SKU's code, or nothing. */
  value: string;
  onChange: (sku: string) => void;
  error?: string;
  help?: string;
  required?: boolean;
  /** What it is called, from whoever knows the names of several; else it is asked for. */
  name?: string | null;
  autoFocus?: boolean;
}

function useHint(option: ComboboxOption | null, name: string | null | undefined): string | undefined {
  const asked = useNames(option && !option.hint && name === undefined ? [option.value] : []);
  return option?.hint ?? name ?? (option ? asked.get(option.value) : undefined);
}

/** Finds a SKU by name, code or barcode; a scanner that types and presses Enter works too. */
export function SkuPicker({ value, onChange, label, name, ...rest }: SkuPickerProps) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<ComboboxOption | null>(null);
  const { data: hits, isFetching } = useQuery({
    queryKey: ["products", "search", text],
    queryFn: () =>
      data(client.GET("/api/v1/products/suggestions", { params: { query: { q: text, limit: 10 } } })),
    enabled: text.trim() !== "",
    placeholderData: keepPreviousData,
  });
  const options = (text.trim() ? (hits ?? []) : []).map((hit) => ({
    value: hit.sku,
    label: hit.sku,
    hint: hit.name,
  }));
  const onSearch = useCallback((typed: string) => setText(typed.trim()), []);
  const option = chosen?.value === value ? chosen : value ? { value, label: value } : null;
  const hint = useHint(option, name);
  return (
    <Field
      label={label}
      hideLabel={rest.hideLabel}
      error={rest.error}
      help={rest.help ?? hint}
      required={rest.required}
    >
      {(aria) => (
        <Combobox
          id={aria.id}
          aria-describedby={aria["aria-describedby"]}
          option={option}
          onChoose={(next) => {
            setChosen(next);
            onChange(next?.value ?? "");
          }}
          options={options}
          loading={isFetching}
          onSearch={onSearch}
          error={Boolean(rest.error)}
          placeholder={t`Name, SKU or barcode`}
          autoFocus={rest.autoFocus}
        />
      )}
    </Field>
  );
}
