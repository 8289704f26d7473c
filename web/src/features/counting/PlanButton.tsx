import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useMay } from "@/api";
import { Icon } from "@/design";
import { usePanel } from "@/lib/navigation";

export function PlanButton() {
  const { t } = useLingui();
  const panel = usePanel();
  if (!useMay("counting.plan")) return null;
  return (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("plan-count")}>
      {t`New count`}
    </Button>
  );
}
