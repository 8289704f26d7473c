import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { accessToken, onSessionChange, wasLeftByChoice } from "@/api/session";
import { writeSearch } from "@/lib/navigation";

/** When the session ends, everything seen is forgotten and sign-in opens; who did not choose it is led back after. */
export function useSessionEnd(): void {
  const router = useRouter();
  const queries = useQueryClient();
  useEffect(
    () =>
      onSessionChange(() => {
        if (accessToken()) return;
        const next = wasLeftByChoice() ? undefined : router.latestLocation.href;
        queries.clear();
        router.history.push(`/sign-in${writeSearch({ next })}`);
      }),
    [router, queries],
  );
}
