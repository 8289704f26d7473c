import { Alert, Box, Button, Typography } from "@mui/material";
import { type FormEvent, type ReactNode, useEffect } from "react";
import { light, radius, shadow } from "@/design";
import type { Form } from "@/design/form";

interface EntranceProps<Values extends object> {
  title: string;
  lead: ReactNode;
  form: Form<Values>;
  submitLabel: string;
  wide?: boolean;
  children: ReactNode;
}

/** The quiet page before one is inside: the name, one card, one form. */
export function Entrance<Values extends object>(props: EntranceProps<Values>) {
  const { title, lead, form, submitLabel, wide, children } = props;
  useEffect(() => {
    document.title = `${title} · onhand`;
  }, [title]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  return (
    <Box
      component="main"
      sx={{ minHeight: "100dvh", display: "grid", placeItems: "center", px: 2, py: 4, bgcolor: light.page }}
    >
      <Box sx={{ width: "100%", maxWidth: wide ? 560 : 400 }}>
        <Box sx={{ display: "flex", alignItems: "center", justifyContent: "center", gap: 1.25, mb: 3 }}>
          <Box component="img" src="/icon.svg" alt="" sx={{ width: 36, height: 36 }} />
          <Box sx={{ fontWeight: 700, fontSize: "1.375rem", letterSpacing: "-0.02em", color: light.heading }}>
            onhand
          </Box>
        </Box>
        <Box
          component="form"
          noValidate
          onSubmit={submit}
          sx={{
            bgcolor: "background.paper",
            border: `1px solid ${light.line}`,
            borderRadius: radius.sheet,
            boxShadow: shadow.sheet,
            p: { xs: 2.5, sm: 4 },
            display: "flex",
            flexDirection: "column",
            gap: 2.25,
          }}
        >
          <Box>
            <Typography variant="h1" sx={{ fontSize: "1.375rem" }}>
              {title}
            </Typography>
            <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>
              {lead}
            </Typography>
          </Box>
          {form.problem && (
            <Alert severity="error" variant="outlined" role="alert">
              {form.problem}
            </Alert>
          )}
          {children}
          <Button
            type="submit"
            variant="contained"
            size="large"
            loading={form.busy}
            sx={{ mt: 0.5, minHeight: 44 }}
          >
            {submitLabel}
          </Button>
        </Box>
      </Box>
    </Box>
  );
}
