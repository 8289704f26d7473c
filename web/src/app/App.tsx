import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { CssBaseline, ThemeProvider } from "@mui/material";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Notices } from "@/design";
import { theme } from "@/design/theme";
import { messages } from "@/locales/en.po";
import { queryClient } from "./queryClient";
import { router } from "./router";

i18n.loadAndActivate({ locale: "en", messages });

export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <ThemeProvider theme={theme}>
        <CssBaseline />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
        <Notices />
      </ThemeProvider>
    </I18nProvider>
  );
}
