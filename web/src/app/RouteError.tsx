import type { ErrorComponentProps } from "@tanstack/react-router";
import { ErrorState, Page } from "@/design";

/** A page that fell over says so in the shell; the rest of the app goes on. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <Page>
      <ErrorState error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
    </Page>
  );
}
