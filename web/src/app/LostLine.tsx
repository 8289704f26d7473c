import { useLingui } from "@lingui/react/macro";
import { Alert, Box } from "@mui/material";
import { useEffect, useState } from "react";

/** A page that loads, or a line that blinks, is no news yet. */
const patience = 3_000;

/** Says that the line is cut, for as long as it is, and that nobody needs to do anything about it. */
export function LostLine({ connected }: { connected: boolean }) {
  const { t } = useLingui();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLost(!connected), connected ? 0 : patience);
    return () => clearTimeout(timer);
  }, [connected]);
  return (
    <Box role="status">
      {lost && (
        <Alert severity="warning" square sx={{ px: { xs: 2, md: 4 } }}>
          {t`The connection is lost. What you see may be old; it is brought up to date as soon as onhand answers again.`}
        </Alert>
      )}
    </Box>
  );
}
