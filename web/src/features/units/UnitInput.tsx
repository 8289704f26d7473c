import { useLingui } from "@lingui/react/macro";
import { Field, Select } from "@/design/form";
import { useMeasure } from "./queries";

interface UnitInputProps {
  value: string;
  onChange: (unit: string) => void;
  /** Of what: its units are offered. */
  sku: string;
  error?: string;
}

/** The unit that a quantity is written in, where the product has more than one; nothing means its stock unit. */
export function UnitInput({ value, onChange, sku, error }: UnitInputProps) {
  const { t } = useLingui();
  const { data: measure } = useMeasure(sku);
  if (!measure?.declared || measure.units.length < 2) return null;
  const { stock_unit: stock } = measure;
  const others = measure.units
    .filter(({ code }) => code !== stock)
    .map(({ code, stock_quantity: holds }) => ({
      value: code,
      label: holds ? t`${code}: ${holds} ${stock}` : code,
    }));
  return (
    <Field label={t`Unit`} error={error}>
      {(aria) => (
        <Select
          {...aria}
          value={value}
          onChange={onChange}
          options={[{ value: "", label: stock }, ...others]}
        />
      )}
    </Field>
  );
}
