import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import type { FormEvent, ReactNode } from "react";
import { useSave } from "@/api";
import { Card, Icon, width } from "@/design";
import { SelectInput, SwitchInput, useForm } from "@/design/form";
import { useWarehouseOptions } from "@/features/places";
import { currencies, timeZones } from "@/lib/choices";
import { Doubts } from "./Doubts";
import { ask, type Mapping, type Run, type Shape, saveMapping } from "./queries";
import { useFields } from "./words";

interface Kept {
  columns: Record<string, string | undefined>;
  date_order: Mapping["date_order"];
  decimal_comma: boolean;
}

function start(run: Run) {
  const mapping = run.mapping as unknown as Kept;
  const options = run.options as unknown as Mapping["options"] & { warehouse: string };
  const column = (name: string) => mapping.columns[name] ?? "";
  return {
    invoice: column("invoice"),
    sku: column("sku"),
    description: column("description"),
    quantity: column("quantity"),
    unit_price: column("unit_price"),
    date: column("date"),
    customer: column("customer"),
    country: column("country"),
    date_order: mapping.date_order ?? "ymd",
    decimal_comma: mapping.decimal_comma,
    currency: options.currency,
    timezone: options.timezone,
    warehouse: options.warehouse,
    drop_duplicates: options.drop_duplicates ?? false,
    opening: options.opening ?? true,
  };
}

type Values = ReturnType<typeof start>;

function bodyOf(values: Values, source: string): Mapping {
  const { date_order, decimal_comma, currency, timezone, warehouse, drop_duplicates, opening, ...columns } =
    values;
  const optional = (text: string) => text || null;
  return {
    columns: {
      ...columns,
      description: optional(columns.description),
      customer: optional(columns.customer),
      country: optional(columns.country),
    },
    date_order,
    decimal_comma,
    options: {
      currency,
      timezone,
      warehouse: optional(warehouse),
      source,
      drop_duplicates,
      opening,
    } as Mapping["options"],
  };
}

/** Which column is which, guessed and up to you; then a check of the whole file that writes nothing. */
export function MappingForm({ run, shape }: { run: Run; shape: Shape }) {
  const { t } = useLingui();
  const save = useSave();
  const fields = useFields();
  const form = useForm({
    initial: start(run),
    check: (values) =>
      Object.fromEntries(
        fields
          .filter(({ name, required }) => required && !values[name])
          .map(({ name }) => [name, t`Choose a column.`]),
      ),
    save: async (values) => {
      await save(saveMapping(run.id, bodyOf(values, run.source)), []);
      await save(ask(run.id, "check"), ["imports"]);
    },
  });
  const headings = shape.header.map((value) => ({ value, label: value }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  return (
    <Card
      title={t`How the file is read`}
      lead={t`Guessed from its headings and first lines; change what is wrong.`}
    >
      <Box component="form" noValidate onSubmit={send}>
        <Doubts doubts={[...shape.doubts, ...(form.problem ? [form.problem] : [])]} />
        <Grid>
          {fields.map(({ name, label, required }) => (
            <SelectInput
              key={name}
              form={form}
              name={name}
              label={label}
              options={headings}
              none={required ? t`Choose a column` : t`Not in this file`}
            />
          ))}
        </Grid>
        <Options form={form} />
        <Box sx={{ display: "flex", justifyContent: "flex-end", mt: 2.5 }}>
          <Button
            type="submit"
            variant={run.status === "checked" ? "outlined" : "contained"}
            loading={form.busy}
            startIcon={<Icon name="check" />}
          >
            {t`Check the whole file`}
          </Button>
        </Box>
      </Box>
    </Card>
  );
}

function Grid({ children }: { children: ReactNode }) {
  return <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: width.fieldColumns }}>{children}</Box>;
}

function Options({ form }: { form: ReturnType<typeof useForm<Values>> }) {
  const { t } = useLingui();
  const orders = [
    { value: "ymd", label: t`Year, month, day` },
    { value: "dmy", label: t`Day, month, year` },
    { value: "mdy", label: t`Month, day, year` },
  ];
  return (
    <Box sx={{ mt: 3 }}>
      <Grid>
        <SelectInput form={form} name="currency" label={t`Currency of the prices`} options={currencies()} />
        <SelectInput form={form} name="timezone" label={t`Time zone of the dates`} options={timeZones()} />
        <SelectInput form={form} name="date_order" label={t`Dates are written as`} options={orders} />
        <SelectInput
          form={form}
          name="warehouse"
          label={t`Sold from`}
          options={useWarehouseOptions()}
          none={t`The first warehouse`}
        />
        <SwitchInput
          form={form}
          name="opening"
          label={t`Opening balance`}
          help={t`The file says only what left. Start with just enough stock to cover it.`}
        />
        <SwitchInput
          form={form}
          name="drop_duplicates"
          label={t`Drop exact repeats`}
          help={t`Usually off: scanning one item twice is normal.`}
        />
        <SwitchInput
          form={form}
          name="decimal_comma"
          label={t`Numbers like 1,50`}
          help={t`A comma before the pence.`}
        />
      </Grid>
    </Box>
  );
}
