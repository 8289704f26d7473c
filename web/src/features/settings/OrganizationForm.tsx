import { useLingui } from "@lingui/react/macro";
import { Alert, Box, Button } from "@mui/material";
import { type Me, useMay, useMe, useSave } from "@/api";
import { Card, LinesSkeleton, notify } from "@/design";
import { Pair, SelectInput, TextInput, useForm } from "@/design/form";
import { currencies, timeZones } from "@/lib/choices";
import { setRegion } from "@/lib/format";
import { texts } from "@/lib/values";
import { changeOrganization } from "./queries";

export function OrganizationForm() {
  const me = useMe();
  return me ? <Fields organization={me.organization} /> : <LinesSkeleton />;
}

function Fields({ organization }: { organization: Me["organization"] }) {
  const { t } = useLingui();
  const save = useSave();
  const mayWrite = useMay("organization.write");
  const form = useForm({
    initial: texts(organization, ["name", "currency", "time_zone"]),
    check: ({ name }) => ({ name: name.trim() ? undefined : t`Give the organization a name.` }),
    save: async (values) => {
      const changed = await save(changeOrganization(values), ["me"]);
      setRegion({ currency: changed.currency, timeZone: changed.time_zone });
      notify(t`The organization is saved.`);
    },
  });
  return (
    <Card
      title={t`Organization`}
      lead={t`Its code is ${organization.code}; scripts and addresses use it.`}
      sx={{ maxWidth: 680 }}
    >
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
        <TextInput form={form} name="name" label={t`Name`} required disabled={!mayWrite} />
        <Pair>
          <SelectInput
            form={form}
            name="currency"
            label={t`Base currency`}
            options={currencies()}
            disabled={!mayWrite}
            help={t`Values of all stock are added up in it.`}
          />
          <SelectInput
            form={form}
            name="time_zone"
            label={t`Time zone`}
            options={timeZones()}
            disabled={!mayWrite}
            help={t`Where a business day begins and ends.`}
          />
        </Pair>
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
