import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useChange, useMay } from "@/api";
import {
  BackLink,
  Code,
  ErrorState,
  Icon,
  LinkTabs,
  Page,
  PageHeader,
  PageSkeleton,
  RemoveButton,
} from "@/design";
import { Attachments } from "@/features/attachments";
import { ProductLayers } from "@/features/costs";
import { KitCard } from "@/features/kits";
import { ProductStock, ProductTotals, Reservations, StockHistory, StockMovements } from "@/features/stock";
import { useGo, usePanel, useParam } from "@/lib/navigation";
import { ProductDetails } from "./ProductDetails";
import { ProductStatus } from "./ProductStatus";
import { type Product, removeProduct, useProduct } from "./queries";

export function ProductPage() {
  const { data: product, error, refetch } = useProduct(useParam("id"));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return product ? <Detail product={product} /> : <PageSkeleton />;
}

function Detail({ product }: { product: Product }) {
  const { t } = useLingui();
  const part = useParam("part");
  const here = `/products/${product.id}`;
  const tabs = [
    { href: here, label: t`Stock` },
    { href: `${here}/reservations`, label: t`Reservations` },
    { href: `${here}/movements`, label: t`Movements` },
    { href: `${here}/photos`, label: t`Photos` },
    { href: `${here}/costs`, label: t`Costs` },
    { href: `${here}/details`, label: t`Details` },
  ];
  return (
    <Page>
      <PageHeader
        back={<BackLink href="/products">{t`Products`}</BackLink>}
        title={product.name}
        lead={
          <Box
            component="span"
            sx={{ display: "inline-flex", flexWrap: "wrap", gap: 1.5, alignItems: "center" }}
          >
            <Code>{product.sku}</Code>
            <ProductStatus status={product.status} />
          </Box>
        }
        actions={<ProductActions product={product} />}
      />
      <ProductTotals sku={product.sku} />
      <LinkTabs
        label={t`Parts of this product`}
        tabs={tabs}
        current={tabs.find((tab) => tab.href === `${here}/${part}`)?.href ?? here}
      />
      <Part part={part} product={product} />
    </Page>
  );
}

function Part({ part, product }: { part: string; product: Product }) {
  if (part === "reservations") return <Reservations sku={product.sku} />;
  if (part === "movements") return <StockMovements fixed={{ "filter[sku]": product.sku }} hide="name" />;
  if (part === "photos") return <Attachments owner={{ kind: "product", id: product.id }} />;
  if (part === "costs") return <ProductLayers sku={product.sku} />;
  if (part === "details") return <ProductDetails product={product} />;
  return (
    <>
      <KitCard sku={product.sku} />
      <ProductStock sku={product.sku} />
      <StockHistory sku={product.sku} />
    </>
  );
}

function ProductActions({ product }: { product: Product }) {
  const { t } = useLingui();
  const go = useGo();
  const panel = usePanel();
  const mayWrite = useMay("catalog.write");
  const mayMove = useMay("stock.write");
  const { id, sku, name } = product;
  const remove = useChange({
    change: () => removeProduct(id),
    touches: ["products", "categories"],
    said: () => t`${name} is removed.`,
  });
  return (
    <>
      {mayWrite && (
        <>
          <RemoveButton
            name={name}
            busy={remove.isPending}
            onRemove={() => remove.mutate(undefined, { onSuccess: () => go("/products") })}
          >
            {t`With stock or history it is archived instead: hidden, and still on all that was recorded.`}
          </RemoveButton>
          <Button
            variant="outlined"
            color="secondary"
            startIcon={<Icon name="edit" />}
            onClick={() => panel.open("product", { id })}
          >
            {t`Edit`}
          </Button>
        </>
      )}
      {mayMove && (
        <>
          <Button
            variant="outlined"
            color="secondary"
            startIcon={<Icon name="transfer" />}
            onClick={() => panel.open("transfer", { sku })}
          >
            {t`Transfer`}
          </Button>
          <Button
            variant="contained"
            startIcon={<Icon name="plus" />}
            onClick={() => panel.open("adjust", { sku })}
          >
            {t`Adjust stock`}
          </Button>
        </>
      )}
    </>
  );
}
