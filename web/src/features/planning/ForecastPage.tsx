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
  return (
    <Page>
      <PageHeader
        back={<BackLink href="/planning/forecasts">{t`Forecasts`}</BackLink>}
        title={warehouse ? t`${sku} in ${warehouse}` : sku}
        lead={
          <>
            <ProductLink sku={sku} /> {t`Made`} <DateTime value={forecast.created_at} relative /> ·{" "}
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

/** What the code stands for, with the way to it. */
function ProductLink({ sku }: { sku: string }) {
  const { data: product } = useProduct(sku);
  if (!product) return null;
  return (
    <>
      <Anchor href={`/products/${product.id}`}>{product.name}</Anchor> ·
    </>
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
