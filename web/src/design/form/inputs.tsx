import { Box, InputAdornment, OutlinedInput, Switch, Typography } from "@mui/material";
import type { HTMLInputTypeAttribute, ReactNode } from "react";
import { light, mono } from "../tokens";
import { Field } from "./Field";
import type { Form } from "./useForm";

type NameOf<Values, Kind> = {
  [Name in keyof Values]: Values[Name] extends Kind ? Name : never;
}[keyof Values] &
  string;

interface InputProps<Values extends object, Kind> {
  form: Form<Values>;
  name: NameOf<Values, Kind>;
  label: string;
  help?: ReactNode;
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
}

interface TextProps<Values extends object> extends InputProps<Values, string> {
  type?: HTMLInputTypeAttribute;
  lines?: number;
  /** For codes and numbers. */
  code?: boolean;
  numeric?: boolean;
  placeholder?: string;
  autoComplete?: string;
  prefix?: string;
  suffix?: string;
}

export function TextInput<Values extends object>(props: TextProps<Values>) {
  const { form, name, label, help, required, lines, code, numeric, type = "text" } = props;
  const adorn = (text: string | undefined, position: "start" | "end") =>
    text && <InputAdornment position={position}>{text}</InputAdornment>;
  return (
    <Field label={label} help={help} required={required} error={form.errors[name]}>
      {(aria) => (
        <OutlinedInput
          fullWidth
          size="small"
          type={type}
          value={form.values[name] as string}
          onChange={(event) => form.set(name, event.target.value as Values[typeof name])}
          disabled={props.disabled}
          autoFocus={props.autoFocus}
          error={Boolean(form.errors[name])}
          multiline={lines !== undefined}
          minRows={lines}
          placeholder={props.placeholder}
          startAdornment={adorn(props.prefix, "start")}
          endAdornment={adorn(props.suffix, "end")}
          inputProps={{
            ...aria,
            name,
            inputMode: numeric ? "decimal" : undefined,
            autoComplete: props.autoComplete ?? "off",
            style: numeric || code ? { fontFamily: mono, fontSize: "0.9rem" } : undefined,
          }}
        />
      )}
    </Field>
  );
}

interface SelectProps<Values extends object> extends InputProps<Values, string> {
  options: { value: string; label: string }[];
  /** The choice of nothing, when nothing is allowed. */
  none?: string;
}

/** The browser's own select: the best there is on a phone and by keyboard. */
export function SelectInput<Values extends object>(props: SelectProps<Values>) {
  const { form, name, label, help, required, options, none } = props;
  return (
    <Field label={label} help={help} required={required} error={form.errors[name]}>
      {(aria) => (
        <Select
          {...aria}
          value={form.values[name] as string}
          onChange={(value) => form.set(name, value as Values[typeof name])}
          disabled={props.disabled}
          options={none === undefined ? options : [{ value: "", label: none }, ...options]}
        />
      )}
    </Field>
  );
}

interface RawSelectProps {
  id?: string;
  value: string;
  onChange: (value: string) => void;
  options: { value: string; label: string }[];
  disabled?: boolean;
  "aria-label"?: string;
}

const arrow =
  "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%23495057' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='M6 9.5l6 6 6-6'/%3E%3C/svg%3E\")";

export function Select({ value, onChange, options, ...rest }: RawSelectProps) {
  return (
    <Box
      component="select"
      value={value}
      onChange={(event: React.ChangeEvent<HTMLSelectElement>) => onChange(event.target.value)}
      {...rest}
      sx={{
        width: "100%",
        height: 40,
        pl: 1.75,
        pr: 5,
        font: "inherit",
        color: "text.primary",
        border: `1px solid ${light.outline}`,
        borderRadius: "8px",
        appearance: "none",
        bgcolor: "background.paper",
        backgroundImage: arrow,
        backgroundRepeat: "no-repeat",
        backgroundPosition: "right 10px center",
        backgroundSize: "18px",
        textOverflow: "ellipsis",
        "&[aria-invalid=true]": { borderColor: "error.main" },
        "&:focus-visible": { outline: "2px solid", outlineColor: "primary.main", outlineOffset: -1 },
        "&:disabled": { color: "text.disabled" },
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Box>
  );
}

export function SwitchInput<Values extends object>(props: InputProps<Values, boolean>) {
  const { form, name, label, help } = props;
  return (
    <Box component="label" sx={{ display: "flex", alignItems: "flex-start", gap: 1, cursor: "pointer" }}>
      <Box sx={{ flex: 1 }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {label}
        </Typography>
        {help && (
          <Typography variant="caption" component="p" color="textSecondary">
            {help}
          </Typography>
        )}
      </Box>
      <Switch
        checked={form.values[name] as boolean}
        onChange={(event) => form.set(name, event.target.checked as Values[typeof name])}
        disabled={props.disabled}
      />
    </Box>
  );
}
