import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { accessToken, onSessionChange } from "@/api/session";

/** When the session ends, here or because it was revoked, everything seen is forgotten and sign-in opens. */
export function useSessionEnd(): void {
  const router = useRouter();
  const queries = useQueryClient();
  useEffect(
    () =>
      onSessionChange(() => {
        if (accessToken()) return;
        queries.clear();
        router.history.push("/sign-in");
      }),
    [router, queries],
  );
}
