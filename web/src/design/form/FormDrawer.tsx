import { useLingui } from "@lingui/react/macro";
import { Alert, Box, Button, Drawer, IconButton, Typography } from "@mui/material";
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { ConfirmDialog } from "../ConfirmDialog";
import { Icon } from "../Icon";
import { light, size } from "../tokens";
import type { Form } from "./useForm";
import { useFormFocus } from "./useFormFocus";

interface FormDrawerProps<Values extends object> {
  title: string;
  lead?: ReactNode;
  form: Form<Values>;
  submitLabel: string;
  onClose: () => void;
  children: ReactNode;
  width?: number;
  /** What else can be done with it, at the start of the foot: RemoveButton. */
  extra?: ReactNode;
  /** Nothing to send yet, with the reason told in the form itself. */
  disabled?: boolean;
}

/** A form that slides in from the side; it asks before it throws away what was typed. Ctrl+Enter sends. */
export function FormDrawer<Values extends object>(props: FormDrawerProps<Values>) {
  const { title, lead, form, submitLabel, onClose, children, extra, width = size.drawer, disabled } = props;
  const { t } = useLingui();
  const id = useId();
  const [asking, setAsking] = useState(false);
  const leave = () => (form.dirty && !form.busy ? setAsking(true) : onClose());
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    void form.submit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <Drawer
      open
      anchor="right"
      onClose={leave}
      slotProps={{
        paper: {
          role: "dialog",
          "aria-modal": true,
          "aria-labelledby": id,
          sx: { width, maxWidth: "100vw" },
        },
      }}
    >
      <FormElement refusals={form.refusals} onSubmit={submit} onKeyDown={onKeyDown}>
        <Box
          sx={{
            display: "flex",
            alignItems: "flex-start",
            gap: 1,
            pl: 3,
            pr: 1.5,
            py: 2,
            borderBottom: `1px solid ${light.line}`,
          }}
        >
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <Typography id={id} variant="h2">
              {title}
            </Typography>
            {lead && (
              <Typography variant="caption" component="p" color="textSecondary">
                {lead}
              </Typography>
            )}
          </Box>
          <IconButton aria-label={t`Close`} onClick={leave} size="small">
            <Icon name="close" />
          </IconButton>
        </Box>
        <Box
          sx={{
            flex: 1,
            overflow: "auto",
            px: 3,
            py: 2.5,
            display: "flex",
            flexDirection: "column",
            gap: 2.25,
          }}
        >
          {form.problem && (
            <Alert severity="error" variant="outlined" role="alert">
              {form.problem}
            </Alert>
          )}
          {children}
        </Box>
        <Box
          sx={{
            display: "flex",
            justifyContent: "flex-end",
            gap: 1,
            px: 3,
            py: 1.75,
            borderTop: `1px solid ${light.line}`,
          }}
        >
          {extra}
          <Box sx={{ flex: 1 }} />
          <Button color="secondary" variant="outlined" onClick={leave}>
            {t`Cancel`}
          </Button>
          <Button type="submit" variant="contained" loading={form.busy} disabled={disabled}>
            {submitLabel}
          </Button>
        </Box>
      </FormElement>
      <ConfirmDialog
        open={asking}
        title={t`Leave without saving?`}
        confirmLabel={t`Leave`}
        danger
        onConfirm={onClose}
        onClose={() => setAsking(false)}
      >
        {t`What you typed here has not been saved.`}
      </ConfirmDialog>
    </Drawer>
  );
}

interface FormElementProps {
  refusals: number;
  onSubmit: (event: FormEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  children: ReactNode;
}

/** Apart, since what it watches exists only once the drawer has opened. */
function FormElement({ refusals, children, ...events }: FormElementProps) {
  const element = useFormFocus(refusals);
  return (
    <Box
      component="form"
      ref={element}
      noValidate
      {...events}
      sx={{ display: "flex", flexDirection: "column", height: "100%", minHeight: 0 }}
    >
      {children}
    </Box>
  );
}

/** Two fields side by side where there is room. */
export function Pair({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{ display: "grid", gap: 2, gridTemplateColumns: { xs: "1fr", sm: "1fr 1fr" }, alignItems: "start" }}
    >
      {children}
    </Box>
  );
}

/** A part of a form under its own heading. */
export function Group({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <Box
      component="fieldset"
      sx={{ m: 0, p: 0, border: 0, minWidth: 0, display: "flex", flexDirection: "column", gap: 2 }}
    >
      <Box component="legend" sx={{ p: 0, mb: 1.25 }}>
        <Typography variant="h3" component="span">
          {title}
        </Typography>
        {lead && (
          <Typography variant="caption" component="p" color="textSecondary">
            {lead}
          </Typography>
        )}
      </Box>
      {children}
    </Box>
  );
}
