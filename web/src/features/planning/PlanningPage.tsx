import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import type { ComponentType } from "react";
import { useChange, useMay } from "@/api";
import { Icon, LinkTabs, Page, PageHeader } from "@/design";
import { usePanel, useParam } from "@/lib/navigation";
import { AccuracyPart } from "./AccuracyPart";
import { ForecastsPart } from "./ForecastsPart";
import { planAll } from "./queries";
import { ReorderPart } from "./ReorderPart";

const parts: Record<string, ComponentType> = {
  reorder: ReorderPart,
  forecasts: ForecastsPart,
  accuracy: AccuracyPart,
};

/** What will sell, what to buy because of it, and how far to believe either. */
export function PlanningPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("planning.write");
  const part = useParam("part") || "reorder";
  const Part = parts[part] ?? ReorderPart;
  const plan = useChange({
    change: planAll,
    touches: [],
    said: () => t`Every SKU is forecast anew in the background; the lists here follow.`,
  });
  const tabs = [
    { href: "/planning/reorder", label: t`Reorder` },
    { href: "/planning/forecasts", label: t`Forecasts` },
    { href: "/planning/accuracy", label: t`How good are they?` },
  ];
  return (
    <Page fill={part !== "accuracy"}>
      <PageHeader
        title={t`Forecasts & reorder`}
        lead={t`What will sell, what to buy because of it, and how far to believe either.`}
        actions={
          mayWrite && (
            <>
              <Button
                variant="outlined"
                color="secondary"
                startIcon={<Icon name="refresh" />}
                loading={plan.isPending}
                onClick={() => plan.mutate(undefined)}
              >
                {t`Plan everything anew`}
              </Button>
              <Button
                variant="contained"
                startIcon={<Icon name="forecast" />}
                onClick={() => panel.open("forecast")}
              >
                {t`Forecast a SKU`}
              </Button>
            </>
          )
        }
      />
      <LinkTabs label={t`Planning`} tabs={tabs} current={`/planning/${part}`} />
      <Part />
    </Page>
  );
}
