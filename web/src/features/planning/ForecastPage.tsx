import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useChange, useMay } from "@/api";
import {
  BackLink,
  Code,
  DateTime,
  ErrorState,
  Icon,
  Page,
  PageHeader,
  PageSkeleton,
  RemoveButton,
} from "@/design";
import { useProduct } from "@/features/catalog";
import { Anchor } from "@/lib/Anchor";
import { useGo, usePanel, useParam } from "@/lib/navigation";
import { ForecastChart } from "./ForecastChart";
import { PolicyCard } from "./PolicyCard";
import { type Forecast, forecastQuery, removeForecast } from "./queries";
import { Score } from "./Score";
import { Why } from "./Why";

export function ForecastPage() {
  const { data: forecast, error, refetch } = useQuery(forecastQuery(useParam("id")));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return forecast ? <Detail forecast={forecast} /> : <PageSkeleton />;
}

function Detail({ forecast }: { forecast: Forecast }) {
  const { t } = useLingui();
  const { sku, warehouse } = forecast;
  const { data: product, isPending } = useProduct(sku);
  const name = product?.name ?? (isPending ? "…" : sku);
  return (
    <Page>
      <PageHeader
        back={<BackLink href="/planning/forecasts">{t`Forecasts`}</BackLink>}
        title={warehouse ? t`${name} in ${warehouse}` : name}
        lead={
          <>
            <Anchor href={`/products/${encodeURIComponent(sku)}`}>
              <Code>{sku}</Code>
            </Anchor>{" "}
            · {t`Made`} <DateTime value={forecast.created_at} relative /> · {t`by the method`}{" "}
            <Code>{forecast.algorithm}</Code>
          </>
        }
        actions={<Deeds forecast={forecast} />}
      />
      <ForecastChart forecast={forecast} />
      <Score forecast={forecast} />
      <Why forecast={forecast} />
      {warehouse && <PolicyCard sku={sku} warehouse={warehouse} />}
    </Page>
  );
}

function Deeds({ forecast }: { forecast: Forecast }) {
  const { t } = useLingui();
  const go = useGo();
  const panel = usePanel();
  const mayWrite = useMay("planning.write");
  const remove = useChange({
    change: () => removeForecast(forecast.id),
    touches: ["forecasts"],
    said: () => t`The forecast is removed.`,
  });
  if (!mayWrite) return null;
  return (
    <>
      <RemoveButton
        name={forecast.sku}
        busy={remove.isPending}
        onRemove={() => remove.mutate(undefined, { onSuccess: () => go("/planning/forecasts") })}
      >
        {t`Only this forecast goes; the next night makes a new one.`}
      </RemoveButton>
      <Button
        variant="outlined"
        color="secondary"
        startIcon={<Icon name="refresh" />}
        onClick={() =>
          panel.open("forecast", {
            sku: forecast.sku,
            ...(forecast.warehouse ? { warehouse: forecast.warehouse } : {}),
          })
        }
      >
        {t`Forecast again`}
      </Button>
    </>
  );
}
