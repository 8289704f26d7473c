import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import type { ComponentType } from "react";
import { useMay } from "@/api";
import { Icon, LinkTabs, Page, PageHeader, ProgressBar } from "@/design";
import { usePanel, useParam } from "@/lib/navigation";
import { AccuracyPart } from "./AccuracyPart";
import { ForecastsPart } from "./ForecastsPart";
import { ReorderPart } from "./ReorderPart";
import { usePlan } from "./usePlan";

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
  const plan = usePlan();
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
                loading={plan.running}
                onClick={plan.start}
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
      {plan.running && (
        <ProgressBar
          label={t`Forecasting every SKU and working out what to order`}
          value={plan.progress}
          note={t`You can leave this page; it goes on.`}
        />
      )}
      <LinkTabs label={t`Planning`} tabs={tabs} current={`/planning/${part}`} />
      <Part />
    </Page>
  );
}
