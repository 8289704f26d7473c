import { useLingui } from "@lingui/react/macro";
import { Alert, Box, Button } from "@mui/material";
import { useMay, useSave } from "@/api";
import { Card, LinesSkeleton, notify } from "@/design";
import {
  type Errors,
  type Form,
  Group,
  Pair,
  SelectInput,
  SwitchInput,
  TextInput,
  useForm,
} from "@/design/form";
import { isDecimal } from "@/lib/decimal";
import { orNull } from "@/lib/values";
import { changeRules, type Rules, useRules } from "./queries";

/** How counts are judged, for the whole organization. */
export function RulesPart() {
  const rules = useRules();
  return rules ? <RulesForm rules={rules} /> : <LinesSkeleton lines={8} />;
}

function initial(rules: Rules) {
  return {
    blind: rules.blind,
    counters: String(rules.counters),
    tolerance_percent: rules.tolerance_percent ?? "",
    tolerance_value: rules.tolerance_value ?? "",
    approve_above: rules.approve_above ?? "",
    suspicious_percent: rules.suspicious_percent,
    abc_by: rules.abc_by,
    abc_days: String(rules.abc_days),
    a_share: rules.a_share,
    b_share: rules.b_share,
  };
}

type Values = ReturnType<typeof initial>;

function useCheck() {
  const { t } = useLingui();
  const number = (text: string, empty: boolean) =>
    (empty && text.trim() === "") || isDecimal(text) ? undefined : t`A number, please.`;
  return (values: Values): Errors => ({
    tolerance_percent: number(values.tolerance_percent, true),
    tolerance_value: number(values.tolerance_value, true),
    approve_above: number(values.approve_above, true),
    suspicious_percent: number(values.suspicious_percent, false),
    a_share: number(values.a_share, false),
    b_share: number(values.b_share, false),
    abc_days: /^\d{1,4}$/.test(values.abc_days.trim()) ? undefined : t`A whole number of days, please.`,
  });
}

function RulesForm({ rules }: { rules: Rules }) {
  const { t } = useLingui();
  const save = useSave();
  const mayWrite = useMay("counting.approve");
  const form = useForm({
    initial: initial(rules),
    check: useCheck(),
    save: async (values) => {
      const body = {
        ...values,
        counters: Number(values.counters),
        abc_days: Number(values.abc_days),
        abc_by: values.abc_by as "revenue" | "margin" | "quantity",
        tolerance_percent: orNull(values.tolerance_percent),
        tolerance_value: orNull(values.tolerance_value),
        approve_above: orNull(values.approve_above),
      };
      await save(changeRules(body), ["count-rules", "counts", "abc"]);
      notify(t`The rules are saved.`);
    },
  });
  return (
    <Card title={t`Rules of counting`} sx={{ maxWidth: 720 }}>
      <Box
        component="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
        sx={{ display: "grid", gap: 2.25 }}
      >
        {form.problem && <Alert severity="error">{form.problem}</Alert>}
        <Counting form={form} disabled={!mayWrite} />
        <Judging form={form} disabled={!mayWrite} />
        <Classes form={form} disabled={!mayWrite} />
        {mayWrite && (
          <Box>
            <Button type="submit" variant="contained" loading={form.busy}>
              {t`Save`}
            </Button>
          </Box>
        )}
      </Box>
    </Card>
  );
}

interface PartProps {
  form: Form<Values>;
  disabled: boolean;
}

function Counting({ form, disabled }: PartProps) {
  const { t } = useLingui();
  return (
    <Group title={t`How it is counted`}>
      <SwitchInput
        form={form}
        name="blind"
        label={t`Blind by default`}
        help={t`Whoever counts does not see how many there should be.`}
        disabled={disabled}
      />
      <SelectInput
        form={form}
        name="counters"
        label={t`Counters by default`}
        options={[
          { value: "1", label: t`One` },
          { value: "2", label: t`Two, independent of each other` },
        ]}
        disabled={disabled}
      />
    </Group>
  );
}

function Judging({ form, disabled }: PartProps) {
  const { t } = useLingui();
  return (
    <Group title={t`What is looked at twice`}>
      <Pair>
        <TextInput
          form={form}
          name="tolerance_percent"
          label={t`Count again beyond`}
          suffix="%"
          numeric
          disabled={disabled}
          help={t`Of what was expected. Empty: never.`}
        />
        <TextInput
          form={form}
          name="tolerance_value"
          label={t`or beyond a value of`}
          numeric
          disabled={disabled}
          help={t`Empty: never.`}
        />
      </Pair>
      <Pair>
        <TextInput
          form={form}
          name="approve_above"
          label={t`Approval above`}
          numeric
          disabled={disabled}
          help={t`When a count is off by more in all, somebody who did not count must approve it. Empty: never.`}
        />
        <TextInput
          form={form}
          name="suspicious_percent"
          label={t`A change by hand looks wrong from`}
          suffix="%"
          numeric
          disabled={disabled}
          help={t`Of what lay there before it.`}
        />
      </Pair>
    </Group>
  );
}

function Classes({ form, disabled }: PartProps) {
  const { t } = useLingui();
  return (
    <Group title={t`ABC classes`}>
      <Pair>
        <SelectInput
          form={form}
          name="abc_by"
          label={t`By`}
          options={[
            { value: "revenue", label: t`Revenue` },
            { value: "margin", label: t`Margin` },
            { value: "quantity", label: t`Quantity` },
          ]}
          disabled={disabled}
        />
        <TextInput
          form={form}
          name="abc_days"
          label={t`Over the last`}
          suffix={t`days`}
          numeric
          disabled={disabled}
        />
      </Pair>
      <Pair>
        <TextInput form={form} name="a_share" label={t`A up to`} suffix="%" numeric disabled={disabled} />
        <TextInput form={form} name="b_share" label={t`B up to`} suffix="%" numeric disabled={disabled} />
      </Pair>
    </Group>
  );
}
