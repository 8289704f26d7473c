import { useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { page } from "@/api";
import { Combobox, type ComboboxOption, Field } from "@/design/form";
import type { Customer } from "./queries";

interface CustomerPickerProps {
  label: string;
  help?: string;
  value: Customer | null;
  onChange: (customer: Customer | null) => void;
}

function optionOf(customer: Customer): ComboboxOption {
  return { value: customer.id, label: customer.name, hint: customer.email ?? customer.code ?? undefined };
}

/** Finds a customer by name, code or e-mail. */
export function CustomerPicker({ label, help, value, onChange }: CustomerPickerProps) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const { data: found, isFetching } = useQuery({
    queryKey: ["customers", "search", text],
    queryFn: () => page("/api/v1/customers", { q: text, limit: 10 }),
    placeholderData: keepPreviousData,
  });
  const hits = found?.data ?? [];
  const onSearch = useCallback((typed: string) => setText(typed.trim()), []);
  return (
    <Field label={label} help={help}>
      {(aria) => (
        <Combobox
          id={aria.id}
          aria-describedby={aria["aria-describedby"]}
          option={value && optionOf(value)}
          onChoose={(option) => onChange(hits.find((hit) => hit.id === option?.value) ?? null)}
          options={hits.map(optionOf)}
          loading={isFetching}
          onSearch={onSearch}
          placeholder={t`Name, code or e-mail`}
        />
      )}
    </Field>
  );
}
