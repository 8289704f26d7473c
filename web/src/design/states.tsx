import { useLingui } from "@lingui/react/macro";
import { Box, Button, Skeleton, Stack, Typography } from "@mui/material";
import type { ReactNode } from "react";
import { Anchor } from "@/lib/Anchor";
import { percent } from "@/lib/format";
import { Bar } from "./Bar";
import { Icon, type IconName } from "./Icon";
import { type Tone, tones } from "./tokens";

interface StateProps {
  icon?: IconName;
  tone?: Tone;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** A calm notice in the middle of an empty area: what is so, why, and what to do. */
export function EmptyState({ icon = "box", tone = "info", title, children, action }: StateProps) {
  return (
    <Stack sx={{ alignItems: "center", textAlign: "center", px: 3, py: { xs: 5, md: 7 }, gap: 1 }}>
      <Box
        sx={{
          width: 56,
          height: 56,
          mb: 1,
          borderRadius: "16px",
          display: "grid",
          placeItems: "center",
          bgcolor: tones[tone].tint,
          color: tones[tone].solid,
        }}
      >
        <Icon name={icon} sx={{ fontSize: 28 }} />
      </Box>
      <Typography variant="h2" component="p">
        {title}
      </Typography>
      {children && (
        <Typography variant="body2" component="div" color="textSecondary" sx={{ maxWidth: 460 }}>
          {children}
        </Typography>
      )}
      {action && <Box sx={{ mt: 1.5 }}>{action}</Box>}
    </Stack>
  );
}

/** What is not there is not there the next time either: the way on is the list it would be in. */
function GoneState({ error }: { error: Error }) {
  const { t } = useLingui();
  const [, list = ""] = window.location.pathname.split("/");
  return (
    <Box role="alert">
      <EmptyState
        icon="search"
        title={t`This is not here`}
        action={
          <Button variant="contained" component={Anchor} href={`/${list}`}>
            {t`Back to the list`}
          </Button>
        }
      >
        {error.message}
      </EmptyState>
    </Box>
  );
}

const gone = 404;

/** Shows an error's own sentence, with a way to try again. */
export function ErrorState({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t } = useLingui();
  if ("status" in error && error.status === gone) return <GoneState error={error} />;
  const retry = onRetry && (
    <Button variant="outlined" color="secondary" onClick={onRetry} startIcon={<Icon name="refresh" />}>
      {t`Try again`}
    </Button>
  );
  return (
    <Box role="alert">
      <EmptyState icon="alert" tone="bad" title={t`This could not be shown`} action={retry}>
        {error.message}
      </EmptyState>
    </Box>
  );
}

/** The outline of a page while it loads. */
export function PageSkeleton() {
  return (
    <Stack aria-hidden sx={{ p: { xs: 2, md: 4 }, gap: 2 }}>
      <Skeleton variant="rounded" width={240} height={32} />
      <Skeleton variant="rounded" height={120} />
      <Skeleton variant="rounded" height={320} />
    </Stack>
  );
}

export function LinesSkeleton({ lines = 4 }: { lines?: number }) {
  const widths = ["92%", "76%", "84%", "61%"];
  return (
    <Stack aria-hidden sx={{ gap: 1 }}>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <Skeleton key={index} width={widths[index % widths.length]} height={22} />
      ))}
    </Stack>
  );
}

interface ProgressBarProps {
  label: string;
  /** 0 to 1; leave out while the amount of work is not known. */
  value?: number;
  note?: ReactNode;
}

export function ProgressBar({ label, value, note }: ProgressBarProps) {
  const known = value !== undefined;
  return (
    <Box>
      <Box sx={{ display: "flex", justifyContent: "space-between", mb: 0.75 }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {label}
        </Typography>
        {known && (
          <Typography variant="body2" color="textSecondary" sx={{ fontVariantNumeric: "tabular-nums" }}>
            {percent(value)}
          </Typography>
        )}
      </Box>
      <Bar label={label} value={value} />
      {note && (
        <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 0.75 }}>
          {note}
        </Typography>
      )}
    </Box>
  );
}
