import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { page, useSave } from "@/api";
import {
  type Errors,
  type Form,
  FormDrawer,
  Pair,
  SelectInput,
  SwitchInput,
  TextInput,
  useForm,
} from "@/design/form";
import { useWarehouseOptions } from "@/features/places";
import { isDecimal } from "@/lib/decimal";
import type { PanelProps } from "@/lib/feature";
import { orNull } from "@/lib/values";
import { changeSchedule, createSchedule, type Schedule, scheduleTouches } from "./queries";
import { useMethods } from "./words";

type Method = "class" | "high_value" | "zone" | "sample" | "suspicion";

const fresh = {
  name: "",
  method: "class",
  abc: "A",
  bin: "",
  value_above: "1000",
  warehouse: "",
  every_days: "30",
  most: "50",
  counters: "1",
  blind: true,
};

type Values = typeof fresh;

/** A schedule as its form holds it; what it does not have stands as in a new one. */
function initial(schedule?: Schedule): Values {
  if (!schedule) return fresh;
  const { name, method, every_days, most, counters, blind } = schedule;
  const known = {
    name,
    method,
    blind,
    every_days: `${every_days}`,
    most: `${most}`,
    counters: `${counters}`,
  };
  const { abc, bin, value_above, warehouse } = schedule;
  const filled = Object.entries({ abc, bin, value_above, warehouse }).filter(([, value]) => value !== null);
  return { ...fresh, ...known, ...Object.fromEntries(filled) };
}

/** Adds a schedule, or changes one. */
export function SchedulePanel({ about, onClose }: PanelProps) {
  const id = about.id ?? "";
  const { data } = useQuery({
    queryKey: ["count-schedules", "one", id],
    queryFn: async () => (await page("/api/v1/count-schedules", { "filter[id]": id })).data[0] ?? null,
    enabled: id !== "",
  });
  if (id && !data) return null;
  return <ScheduleForm schedule={data ?? undefined} onClose={onClose} />;
}

function useCheck() {
  const { t } = useLingui();
  const whole = (text: string) =>
    /^[1-9]\d{0,3}$/.test(text.trim()) ? undefined : t`A whole number, please.`;
  return (values: Values): Errors => ({
    name: values.name.trim() ? undefined : t`Give it a name.`,
    every_days: whole(values.every_days),
    most: whole(values.most),
    value_above:
      values.method !== "high_value" || isDecimal(values.value_above) ? undefined : t`An amount, please.`,
    bin: values.method !== "zone" || values.bin.trim() ? undefined : t`Which bin or zone?`,
  });
}

function common({ name, every_days, most, counters, blind }: Values) {
  return { name, every_days: Number(every_days), most: Number(most), counters: Number(counters), blind };
}

function asked(values: Values) {
  const { method, abc, bin, value_above, warehouse } = values;
  return {
    ...common(values),
    method: method as Method,
    active: true,
    warehouse: orNull(warehouse),
    ...(method === "class" && { abc: abc as "A" | "B" | "C" }),
    ...(method === "zone" && { bin: bin.trim() }),
    ...(method === "high_value" && { value_above: value_above.trim() }),
  };
}

function changed(values: Values) {
  const { method, value_above } = values;
  return { ...common(values), ...(method === "high_value" && { value_above: value_above.trim() }) };
}

function ScheduleForm({ schedule, onClose }: { schedule?: Schedule; onClose: () => void }) {
  const { t } = useLingui();
  const save = useSave();
  const form = useForm({
    initial: initial(schedule),
    check: useCheck(),
    save: (values) =>
      save<unknown>(
        schedule ? changeSchedule(schedule.id, changed(values)) : createSchedule(asked(values)),
        scheduleTouches,
      ),
    onSaved: onClose,
  });
  return (
    <FormDrawer
      title={schedule ? schedule.name : t`New schedule`}
      lead={t`Each night a count is planned of what is due, unless one of it is still open.`}
      form={form}
      submitLabel={schedule ? t`Save` : t`Add schedule`}
      onClose={onClose}
    >
      <TextInput form={form} name="name" label={t`Name`} required />
      <What form={form} fixed={Boolean(schedule)} />
      <Pair>
        <TextInput form={form} name="every_days" label={t`Every`} suffix={t`days`} numeric required />
        <TextInput form={form} name="most" label={t`Items at once, at most`} numeric required />
      </Pair>
      <SelectInput
        form={form}
        name="counters"
        label={t`Counters`}
        options={[
          { value: "1", label: t`One` },
          { value: "2", label: t`Two, independent of each other` },
        ]}
      />
      <SwitchInput
        form={form}
        name="blind"
        label={t`Blind`}
        help={t`Whoever counts does not see how many there should be.`}
      />
    </FormDrawer>
  );
}

function What({ form, fixed }: { form: Form<Values>; fixed: boolean }) {
  const { t } = useLingui();
  const { method } = form.values;
  return (
    <>
      <Pair>
        <SelectInput form={form} name="method" label={t`What`} options={useMethods()} disabled={fixed} />
        {method === "class" && (
          <SelectInput
            form={form}
            name="abc"
            label={t`Class`}
            options={["A", "B", "C"].map((value) => ({ value, label: value }))}
            disabled={fixed}
          />
        )}
        {method === "high_value" && (
          <TextInput form={form} name="value_above" label={t`Worth at least`} numeric required />
        )}
        {method === "zone" && (
          <TextInput form={form} name="bin" label={t`Bin or zone`} code required disabled={fixed} />
        )}
      </Pair>
      <SelectInput
        form={form}
        name="warehouse"
        label={t`Where`}
        options={useWarehouseOptions()}
        none={t`Every warehouse`}
        disabled={fixed}
      />
    </>
  );
}
