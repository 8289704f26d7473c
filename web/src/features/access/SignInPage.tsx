import { useLingui } from "@lingui/react/macro";
import { signIn } from "@/api/session";
import { TextInput, useForm } from "@/design/form";
import { useGo, useSearchWords } from "@/lib/navigation";
import { Entrance } from "./Entrance";

/** Only addresses of this app may be returned to. */
function safe(next: string | undefined): string {
  return next?.startsWith("/") && !next.startsWith("//") ? next : "/";
}

export function SignInPage() {
  const { t } = useLingui();
  const go = useGo();
  const { next } = useSearchWords();
  const form = useForm({
    initial: { email: "", password: "" },
    check: ({ email, password }) => ({
      email: email.trim() ? undefined : t`Enter your e-mail address.`,
      password: password ? undefined : t`Enter your password.`,
    }),
    save: ({ email, password }) => signIn(email.trim(), password),
    onSaved: () => go(safe(next)),
  });
  return (
    <Entrance
      title={t`Sign in`}
      lead={t`One true count of stock, everywhere you sell.`}
      form={form}
      submitLabel={t`Sign in`}
    >
      <TextInput form={form} name="email" label={t`E-mail`} type="email" autoComplete="username" autoFocus />
      <TextInput
        form={form}
        name="password"
        label={t`Password`}
        type="password"
        autoComplete="current-password"
      />
    </Entrance>
  );
}
