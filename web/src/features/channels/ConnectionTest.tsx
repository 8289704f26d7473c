import { useLingui } from "@lingui/react/macro";
import { Alert, Box, Button } from "@mui/material";
import { useMutation } from "@tanstack/react-query";
import { Icon } from "@/design";
import { type ChannelDetail, testChannel, tryCandidate } from "./queries";

interface ConnectionTestProps {
  endpoint: string;
  token: string;
  /** The channel on file, which is tried under its own credentials while no other token is typed. */
  saved: ChannelDetail | undefined;
}

/** Tries the connection before it is saved, and says who answered and how fast. */
export function ConnectionTest({ endpoint, token, saved }: ConnectionTestProps) {
  const { t } = useLingui();
  const onFile = saved && !token && endpoint === saved.endpoint;
  const tried = useMutation({
    mutationFn: () =>
      onFile ? testChannel(saved.id) : tryCandidate({ endpoint: endpoint.trim(), credentials: { token } }),
  });
  const { name, took_ms } = tried.data ?? {};
  return (
    <Box sx={{ display: "grid", gap: 1.5, justifyItems: "start" }}>
      <Button
        variant="outlined"
        color="secondary"
        startIcon={<Icon name="link" />}
        disabled={!endpoint.trim()}
        loading={tried.isPending}
        onClick={() => tried.mutate()}
      >
        {t`Test the connection`}
      </Button>
      <Box role="status" sx={{ width: "100%" }}>
        {tried.isSuccess && (
          <Alert severity="success" variant="outlined">
            {t`${name ?? ""} answered in ${took_ms ?? 0} ms.`}
          </Alert>
        )}
        {tried.isError && (
          <Alert severity="error" variant="outlined">
            {tried.error.message}
          </Alert>
        )}
      </Box>
    </Box>
  );
}
