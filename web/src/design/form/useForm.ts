import { useCallback, useMemo, useRef, useState } from "react";
import { fieldsOf } from "@/lib/fieldErrors";

export type Errors = Record<string, string | undefined>;

interface FormOptions<Values extends object> {
  initial: Values;
  /** What is wrong before anything is sent; keys are field names, or "lines.0.sku" inside lists. */
  check?: (values: Values) => Errors;
  save: (values: Values) => Promise<unknown>;
  onSaved?: () => void;
}

export interface Form<Values extends object> {
  values: Values;
  errors: Errors;
  /** What the server said that belongs to no field. */
  problem: string | undefined;
  dirty: boolean;
  busy: boolean;
  /** How often it was sent back with errors: whoever shows it leads to the first of them. */
  refusals: number;
  set: <Name extends keyof Values>(name: Name, value: Values[Name]) => void;
  submit: () => Promise<void>;
}

/** "/lines/0/sku" as the server points → "lines.0.sku" as fields are named. */
export function fieldName(pointer: string): string {
  return pointer.replace(/^\//, "").replaceAll("/", ".");
}

/** A refusal of the server, sorted into sentences for fields and one for the whole form. */
export function sorted(
  error: unknown,
  known: (field: string) => boolean,
): { errors: Errors; problem?: string } {
  const entries = Object.entries(fieldsOf(error)).map(
    ([pointer, text]) => [fieldName(pointer), text] as const,
  );
  const errors = Object.fromEntries(entries.filter(([field]) => known(field)));
  const loose = entries.filter(([field]) => !known(field)).map(([, text]) => text);
  const sentence = error instanceof Error ? error.message : String(error);
  if (!entries.length) return { errors, problem: sentence };
  return { errors, problem: loose.length ? loose.join(" ") : undefined };
}

/** The values of a form, what is wrong with each, and one way to send them. */
export function useForm<Values extends object>(options: FormOptions<Values>): Form<Values> {
  const { initial, check, save, onSaved } = options;
  const [start] = useState(initial);
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const sending = useRef(false);

  const set = useCallback<Form<Values>["set"]>((name, value) => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors((before) => ({ ...before, [name as string]: undefined }));
  }, []);

  const send = async () => {
    sending.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await save(values);
      onSaved?.();
    } catch (error) {
      const told = sorted(error, (field) => (field.split(".")[0] ?? "") in values);
      setErrors(told.errors);
      setRefusals((before) => before + 1);
      setProblem(told.problem);
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };

  const submit = async () => {
    if (sending.current) return;
    const found = check?.(values) ?? {};
    setErrors(found);
    if (Object.values(found).some(Boolean)) setRefusals((before) => before + 1);
    else await send();
  };

  const dirty = useMemo(() => JSON.stringify(values) !== JSON.stringify(start), [values, start]);
  return { values, errors, problem, dirty, busy, refusals, set, submit };
}
