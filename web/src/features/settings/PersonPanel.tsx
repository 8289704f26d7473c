import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import type { PanelProps } from "@/lib/feature";
import { changePerson, createPerson, type Role } from "./queries";
import { useRoles } from "./words";

const shortestPassword = 10;

/** Adds a person, or changes what the one named by the link may do. */
export function PersonPanel({ about, onClose }: PanelProps) {
  return about.id ? <Change about={about} onClose={onClose} /> : <Add onClose={onClose} />;
}

function useRoleHelp(): string {
  const { t } = useLingui();
  return t`Staff see and move stock and handle orders; admins also change the catalogue, people and settings.`;
}

function Add({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const save = useSave();
  const roles = useRoles();
  const help = useRoleHelp();
  const form = useForm({
    initial: { name: "", email: "", password: "", role: "staff" },
    check: (values) => ({
      name: values.name.trim() ? undefined : t`Enter a name.`,
      email: /^\S+@\S+$/.test(values.email.trim()) ? undefined : t`Enter an e-mail address.`,
      password:
        values.password.length >= shortestPassword
          ? undefined
          : t`Use at least ${shortestPassword} characters.`,
    }),
    save: async (values) => {
      const made = await save(
        createPerson({ ...values, email: values.email.trim(), role: values.role as Role }),
        ["users"],
      );
      notify(t`${made.name} can sign in now.`);
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer title={t`Add person`} form={form} submitLabel={t`Add person`} onClose={onClose}>
      <TextInput form={form} name="name" label={t`Name`} required autoFocus />
      <TextInput form={form} name="email" label={t`E-mail`} type="email" required />
      <TextInput
        form={form}
        name="password"
        label={t`First password`}
        type="password"
        required
        autoComplete="new-password"
        help={t`At least ${shortestPassword} characters. Tell it to them in person.`}
      />
      <SelectInput form={form} name="role" label={t`Role`} options={roles} help={help} />
    </FormDrawer>
  );
}

function Change({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const save = useSave();
  const roles = useRoles();
  const help = useRoleHelp();
  const name = about.name ?? "";
  const form = useForm({
    initial: { role: about.role ?? "staff", active: about.active !== "false" },
    save: async ({ role, active }) => {
      await save(changePerson(about.id ?? "", { role: role as Role, active }), ["users"]);
      notify(t`${name} is saved; it takes effect at once.`);
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer title={name} form={form} submitLabel={t`Save`} onClose={onClose}>
      <SelectInput form={form} name="role" label={t`Role`} options={roles} help={help} />
      <SwitchInput
        form={form}
        name="active"
        label={t`May sign in`}
        help={t`When off, they are signed out everywhere at once.`}
      />
    </FormDrawer>
  );
}
