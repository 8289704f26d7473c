import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useState } from "react";
import { useChange, useMay } from "@/api";
import { Card, ConfirmDialog, EmptyState, ErrorState, Icon, LinesSkeleton, Page, PageHeader } from "@/design";
import { usePanel } from "@/lib/navigation";
import { CategoryTree } from "./CategoryTree";
import { type Category, removeCategory, useCategories } from "./queries";

export function CategoriesPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("catalog.write");
  const [doomed, setDoomed] = useState<Category>();
  const remove = useChange({
    change: (category: Category) => removeCategory(category.id),
    touches: ["categories", "products"],
    said: (_, category) => t`${category.name} is removed.`,
  });
  const add = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("category")}>
      {t`New category`}
    </Button>
  );
  const name = doomed?.name ?? "";
  return (
    <Page>
      <PageHeader title={t`Categories`} lead={t`How products are grouped, as a tree.`} actions={add} />
      <Card flush>
        <Content add={add} mayWrite={mayWrite} onRemove={setDoomed} />
      </Card>
      <ConfirmDialog
        open={doomed !== undefined}
        danger
        title={t`Remove ${name}?`}
        confirmLabel={t`Remove`}
        busy={remove.isPending}
        onConfirm={() => doomed && remove.mutate(doomed, { onSettled: () => setDoomed(undefined) })}
        onClose={() => setDoomed(undefined)}
      >
        {t`If products or other categories are in it, it is archived: hidden, and still on what it was used for.`}
      </ConfirmDialog>
    </Page>
  );
}

interface ContentProps {
  add: React.ReactNode;
  mayWrite: boolean;
  onRemove: (category: Category) => void;
}

function Content({ add, mayWrite, onRemove }: ContentProps) {
  const { t } = useLingui();
  const { branches, error, isPending, refetch } = useCategories();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) {
    return (
      <Box sx={{ p: 2.5 }}>
        <LinesSkeleton lines={6} />
      </Box>
    );
  }
  if (!branches.length) {
    return (
      <EmptyState icon="tree" title={t`No categories yet`} action={add}>
        {t`Group products so that lists, reports and forecasts can be read by kind.`}
      </EmptyState>
    );
  }
  return <CategoryTree branches={branches} mayWrite={mayWrite} onRemove={onRemove} />;
}
