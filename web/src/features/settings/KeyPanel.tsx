import { useLingui } from "@lingui/react/macro";
import { Alert, Box, Button } from "@mui/material";
import { useState } from "react";
import { useSave } from "@/api";
import { Icon, light, mono, notify, radius } from "@/design";
import { FormDrawer, SelectInput, TextInput, useForm } from "@/design/form";
import type { PanelProps } from "@/lib/feature";
import { createKey, type NewKey, type Role } from "./queries";
import { useRoles } from "./words";

/** Makes an API key and shows its secret, this once. */
export function KeyPanel({ onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const roles = useRoles();
  const [made, setMade] = useState<NewKey>();
  const form = useForm({
    initial: { name: "", role: "staff" },
    check: ({ name }) => ({ name: name.trim() ? undefined : t`Say what the key is for.` }),
    save: async ({ name, role }) => {
      if (made) return onClose();
      setMade(await save(createKey({ name: name.trim(), role: role as Role }), ["api-keys"]));
    },
  });
  return (
    <FormDrawer
      title={t`New API key`}
      form={made ? { ...form, dirty: false } : form}
      submitLabel={made ? t`Done` : t`Make key`}
      onClose={onClose}
    >
      {made ? (
        <Secret secret={made.secret} />
      ) : (
        <>
          <TextInput
            form={form}
            name="name"
            label={t`What is it for?`}
            required
            autoFocus
            placeholder={t`Nightly export`}
          />
          <SelectInput
            form={form}
            name="role"
            label={t`Role`}
            options={roles}
            help={t`The key may do what this role may.`}
          />
        </>
      )}
    </FormDrawer>
  );
}

function Secret({ secret }: { secret: string }) {
  const { t } = useLingui();
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    notify(t`The key is copied.`);
  };
  return (
    <>
      <Alert severity="warning" variant="outlined">
        {t`Copy the key now: it is shown only this once.`}
      </Alert>
      <Box
        component="output"
        aria-label={t`API key`}
        sx={{
          display: "block",
          fontFamily: mono,
          fontSize: "0.875rem",
          overflowWrap: "anywhere",
          bgcolor: light.page,
          border: `1px solid ${light.line}`,
          borderRadius: radius.control,
          p: 2,
        }}
      >
        {secret}
      </Box>
      <Box>
        <Button variant="outlined" startIcon={<Icon name="copy" />} onClick={() => void copy()}>
          {t`Copy`}
        </Button>
      </Box>
    </>
  );
}
