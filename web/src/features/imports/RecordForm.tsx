import { useLingui } from "@lingui/react/macro";
import { Box, Button, Typography } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useSave } from "@/api";
import { Card, Icon, PageSkeleton, width } from "@/design";
import { Field, type Form, Select, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import { useWarehouseOptions } from "@/features/places";
import { currencies, timeZones } from "@/lib/choices";
import { Doubts } from "./Doubts";
import { ask, type Columns, type Kind, kindsQuery, type Run, type Shape, saveColumns } from "./queries";

interface Kept {
  columns: Record<string, string | undefined>;
  date_order: "ymd" | "dmy" | "mdy";
  decimal_comma: boolean;
  saved_as?: string;
}

function start(run: Run) {
  const mapping = run.mapping as unknown as Kept;
  const options = run.options as unknown as Partial<Columns["options"]>;
  return {
    columns: mapping.columns as Record<string, string>,
    date_order: mapping.date_order as string,
    decimal_comma: mapping.decimal_comma,
    currency: options.currency ?? "",
    timezone: options.timezone ?? "",
    warehouse: options.warehouse ?? "",
    skip_refused: options.skip_refused ?? false,
    again: options.again ?? false,
    save_as: mapping.saved_as ?? "",
  };
}

type Values = ReturnType<typeof start>;

function bodyOf(run: Run, values: Values): Columns {
  const { columns, date_order, decimal_comma, save_as, warehouse, ...options } = values;
  return {
    kind: run.kind,
    columns: Object.fromEntries(Object.entries(columns).filter(([, heading]) => heading)),
    date_order: date_order as Kept["date_order"],
    decimal_comma,
    save_as: save_as.trim() || null,
    options: { ...options, warehouse: warehouse || null, source: run.source, delimiter: "", encoding: "" },
  };
}

/** Which heading is which column of the records, and how the rows are taken. */
export function RecordForm({ run, shape }: { run: Run; shape: Shape }) {
  const { data: kinds } = useQuery(kindsQuery);
  const kind = kinds?.find(({ name }) => name === run.kind);
  return kind ? <Fields run={run} shape={shape} kind={kind} /> : <PageSkeleton />;
}

function Fields({ run, shape, kind }: { run: Run; shape: Shape; kind: Kind }) {
  const { t } = useLingui();
  const save = useSave();
  const form = useForm({
    initial: start(run),
    save: async (values) => {
      await save(saveColumns(run.id, bodyOf(run, values)), ["import-mappings"]);
      await save(ask(run.id, "check"), ["imports"]);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  const saved = (run.mapping as unknown as Kept).saved_as;
  return (
    <Card
      title={kind.title}
      lead={saved ? t`Read as saved under ${saved}.` : t`Guessed from its headings; change what is wrong.`}
    >
      <Box component="form" noValidate onSubmit={send}>
        <Doubts doubts={[...shape.doubts, ...(form.problem ? [form.problem] : [])]} />
        <Headings form={form} kind={kind} header={shape.header} />
        <Ways form={form} kind={kind} />
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

const grid = { display: "grid", gap: 2, gridTemplateColumns: width.fieldColumns };

interface PartProps {
  form: Form<Values>;
  kind: Kind;
}

function Headings({ form, kind, header }: PartProps & { header: string[] }) {
  const { t } = useLingui();
  const headings = header.map((value) => ({ value, label: value }));
  const none = { value: "", label: t`Not in this file` };
  return (
    <Box sx={grid}>
      {kind.columns.map((column) => (
        <Field
          key={column.name}
          label={column.label}
          required={column.required}
          help={column.about || column.wanted}
          error={form.errors[`columns.${column.name}`]}
        >
          {(aria) => (
            <Select
              {...aria}
              value={form.values.columns[column.name] ?? ""}
              onChange={(heading) => form.set("columns", { ...form.values.columns, [column.name]: heading })}
              options={[none, ...headings]}
            />
          )}
        </Field>
      ))}
    </Box>
  );
}

function Ways({ form, kind }: PartProps) {
  const { t } = useLingui();
  const warehouses = useWarehouseOptions();
  const orders = [
    { value: "ymd", label: t`Year, month, day` },
    { value: "dmy", label: t`Day, month, year` },
    { value: "mdy", label: t`Month, day, year` },
  ];
  const has = (name: string) => kind.columns.some((column) => column.name === name);
  return (
    <Box sx={{ mt: 3 }}>
      <Typography variant="h3" sx={{ mb: 1.5 }}>
        {t`How it is taken`}
      </Typography>
      <Box sx={grid}>
        {has("warehouse") && (
          <SelectInput
            form={form}
            name="warehouse"
            label={t`Warehouse of rows that name none`}
            options={warehouses}
            none={t`None`}
          />
        )}
        <SelectInput form={form} name="currency" label={t`Currency of the prices`} options={currencies()} />
        <SelectInput form={form} name="timezone" label={t`Time zone of the dates`} options={timeZones()} />
        <SelectInput form={form} name="date_order" label={t`Dates are written as`} options={orders} />
        <TextInput
          form={form}
          name="save_as"
          label={t`Save this mapping as`}
          help={t`Files with the same columns are then read so by themselves.`}
        />
        <SwitchInput
          form={form}
          name="decimal_comma"
          label={t`Numbers like 1,50`}
          help={t`A comma before the pence.`}
        />
        <SwitchInput
          form={form}
          name="skip_refused"
          label={t`Leave refused rows out`}
          help={t`Usually off: nothing is imported until every row is right.`}
        />
        {kind.additive && (
          <SwitchInput
            form={form}
            name="again"
            label={t`Add it again`}
            help={t`If this very file was imported before, it counts twice.`}
          />
        )}
      </Box>
    </Box>
  );
}
