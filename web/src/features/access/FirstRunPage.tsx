import { useLingui } from "@lingui/react/macro";
import { setUp } from "@/api/session";
import { Group, Pair, SelectInput, TextInput, useForm } from "@/design/form";
import { currencies, timeZones } from "@/lib/choices";
import { useGo } from "@/lib/navigation";
import { Entrance } from "./Entrance";

const shortestPassword = 10;

/** "Corner Gifts Ltd" → "corner-gifts-ltd". */
export function codeOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^\w\s-]/g, "")
    .toLowerCase();
  return plain
    .trim()
    .replace(/[\s_-]+/g, "-")
    .slice(0, 38);
}

export function FirstRunPage() {
  const { t } = useLingui();
  const go = useGo();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const form = useForm({
    initial: { organization_name: "", currency: "GBP", time_zone: here, name: "", email: "", password: "" },
    check: (values) => ({
      organization_name: codeOf(values.organization_name) ? undefined : t`Enter the name of your business.`,
      name: values.name.trim() ? undefined : t`Enter your name.`,
      email: /^\S+@\S+$/.test(values.email.trim()) ? undefined : t`Enter an e-mail address.`,
      password:
        values.password.length >= shortestPassword
          ? undefined
          : t`Use at least ${shortestPassword} characters.`,
    }),
    save: (values) =>
      setUp({ ...values, email: values.email.trim(), organization_code: codeOf(values.organization_name) }),
    onSaved: () => go("/"),
  });
  return (
    <Entrance
      wide
      title={t`Welcome to onhand`}
      lead={t`Nobody has signed in here yet. Name your business and make the first account: it may do everything.`}
      form={form}
      submitLabel={t`Create and sign in`}
    >
      <Group title={t`Your business`}>
        <TextInput form={form} name="organization_name" label={t`Name`} required autoFocus />
        <Pair>
          <SelectInput form={form} name="currency" label={t`Base currency`} options={currencies()} />
          <SelectInput form={form} name="time_zone" label={t`Time zone`} options={timeZones()} />
        </Pair>
      </Group>
      <Group title={t`You`}>
        <Pair>
          <TextInput form={form} name="name" label={t`Your name`} required autoComplete="name" />
          <TextInput
            form={form}
            name="email"
            label={t`E-mail`}
            type="email"
            required
            autoComplete="username"
          />
        </Pair>
        <TextInput
          form={form}
          name="password"
          label={t`Password`}
          type="password"
          required
          autoComplete="new-password"
          help={t`At least ${shortestPassword} characters; a sentence is easier to remember than symbols.`}
        />
      </Group>
    </Entrance>
  );
}
